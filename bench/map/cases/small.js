import { runOf, script, starter, weft } from "../commands.js";
import { by, mapCase } from "../map-case.js";

const XARGS = "xargs -P 2 -n 1";
const PARALLEL = "parallel --will-cite -j 2";

/** @type {import("../../harness/case.js").Case} */
export default mapCase({
  url: import.meta.url,
  name: "small",
  title: "100,000 small inputs, against a process for each of them",
  unit: "us per input",
  unitNs: 1_000,
  size: 100_000,
  smokeSize: 20,
  implementations: [
    by("weftwork", runOf(weft("length"))),
    by("xargs -P", runOf(starter(XARGS, "length")), { divide: 500, note: "200 inputs" }),
    by("GNU parallel", runOf(starter(PARALLEL, "length")), {
      divide: 500,
      needs: "parallel",
      note: "200 inputs",
    }),
    by("p-map", runOf(script("p-map.js", "length")), { from: "p-map", note: "one process" }),
  ],
});
