import { runOf, script, weft } from "../commands.js";
import { by, mapCase } from "../map-case.js";

/** @type {import("../../harness/case.js").Case} */
export default mapCase({
  url: import.meta.url,
  name: "compute",
  title: "fib(28) for each of 2,000 inputs, on 2 cores; start and end of the program included",
  unit: "ms per input",
  unitNs: 1e6,
  size: 2_000,
  smokeSize: 10,
  implementations: [
    by("raw", runOf(script("halves.js", "compute", "0"), script("halves.js", "compute", "1")), {
      note: "two processes, a half each",
    }),
    by("weftwork", runOf(weft("compute", "--model", "threads", "--workers", "2")), {
      note: "threads",
    }),
    by("processes", runOf(weft("compute", "--model", "processes", "--workers", "2")), {
      note: "ours",
    }),
    by("auto", runOf(weft("compute")), { note: "ours" }),
    by("p-map", runOf(script("p-map.js", "compute")), { from: "p-map", note: "one core" }),
  ],
});
