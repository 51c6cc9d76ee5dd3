import { runOf, script, weft } from "../commands.js";
import { by, mapCase } from "../map-case.js";

/** @type {import("../../harness/case.js").Case} */
export default mapCase({
  url: import.meta.url,
  name: "memory",
  title: "peak memory over 1,000,000 lines, and over 100,000",
  unit: "MB",
  size: 1_000_000,
  smokeSize: 1_000,
  rate: undefined,
  also: undefined,
  figure: ({ peakMb }) => peakMb,
  implementations: [
    by("raw", runOf(script("loop.js", "length")), { note: "reads, parses, calls, writes" }),
    by("weftwork", runOf(weft("length"))),
    by("a tenth", runOf(weft("length")), { divide: 10, note: "ours, 100,000 lines" }),
    by("threads", runOf(weft("length", "--model", "threads")), { note: "ours" }),
    by("p-map", runOf(script("p-map.js", "length")), { from: "p-map" }),
  ],
});
