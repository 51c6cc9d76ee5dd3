import { runOf, script, weft } from "../commands.js";
import { by, mapCase } from "../map-case.js";

/** @type {import("../../harness/case.js").Case} */
export default mapCase({
  url: import.meta.url,
  name: "trivial",
  title:
    "a function that does nothing, over 1,000,000 lines; start and end of the program included",
  unit: "ns per line",
  size: 1_000_000,
  smokeSize: 1_000,
  implementations: [
    by("raw", runOf(script("loop.js", "length")), { note: "reads, parses, calls, writes" }),
    by("weftwork", runOf(weft("length")), { note: "auto, in order, with a journal" }),
    by("async", runOf(weft("length", "--model", "async")), { note: "ours, told so" }),
    by("threads", runOf(weft("length", "--model", "threads")), { note: "ours, told so" }),
    by("p-map", runOf(script("p-map.js", "length")), { from: "p-map", note: "all in memory" }),
  ],
});
