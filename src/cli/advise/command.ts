import type { Command } from "../args/index.js";
import { inputFlags } from "../map/input-options.js";

export const advise: Command = {
  name: "advise",
  summary:
    "Measures a function on a sample of inputs: where would `weft map` run it best, and why?",
  usage: [
    "advise MODULE#EXPORT [SAMPLE ...] [options]",
    "advise MODULE#EXPORT --files GLOB [options]",
    "advise MODULE#EXPORT --range A..B [options]",
  ],
  flags: [
    ...inputFlags,
    {
      name: "time",
      value: "T",
      text: "how long calls of the sample are started, in each place: 1s",
    },
    { name: "limit", value: "N", text: "most calls at once on the event loop: 16" },
    {
      name: "workers",
      value: "N",
      text: "threads or processes: by default as many as can compute at once",
    },
    {
      name: "items",
      value: "N",
      text: "how many inputs there will be: is the start of workers worth it?",
    },
    { name: "json", text: "print all that was measured and predicted, as JSON" },
    { name: "yes", short: "y", text: "run the function without asking" },
  ],
  words: "files",
  notes: [
    "The function is really run, for up to 1,000 inputs, and for some of them more than once; first on the\n" +
      "loop, then where it may go faster. What it does to the world, it does. So it is asked first;\n" +
      "where there is nobody to ask, say --yes.",
    "exit codes: 0 done; 1 every call failed, or you said no; 2 wrong command line;\n" +
      "3 no such module or function; 130 and 143 after SIGINT and SIGTERM",
  ],
  examples: [
    "weft advise ./hash.ts#sha256 --files 'src/**/*.ts'",
    "weft advise ./score.ts reviews.jsonl --time 3s --items 2000000",
    "head -200 urls.txt | weft advise ./fetch.ts#title --limit 100 --yes --json",
  ],
  run: async (args) => (await import("./run-advise.js")).runAdvise(args),
};
