import type { Command } from "../args/index.js";
import { flags } from "./flags.js";

export const map: Command = {
  name: "map",
  summary: "Runs a function of a module for each input, and writes what it gives as lines of JSON.",
  usage: [
    "map MODULE#EXPORT [INPUT ...] [options]",
    "map MODULE#EXPORT --files GLOB [options]",
    "map MODULE#EXPORT --range A..B [options]",
  ],
  flags,
  words: "files",
  notes: [
    "Without INPUT it reads stdin. MODULE is JavaScript or TypeScript; without #EXPORT it is the default export.\n" +
      "The function is called with (input, scope); a generator gives several records for an input.",
    "exit codes: 0 done; 1 some inputs failed; 2 wrong command line; 3 no such module or function;\n" +
      "4 the output can't be written; 130 and 143 after SIGINT and SIGTERM",
  ],
  examples: [
    "weft map ./hash.ts#sha256 --files 'src/**/*.ts' --out hashes.jsonl",
    "weft map ./score.ts reviews.jsonl --model threads --retries 2 --timeout 5s --out scores.jsonl",
    "cat urls.txt | weft map ./fetch.ts#title --limit 100 --rate 50/s > titles.jsonl",
    "weft map ./score.ts reviews.jsonl --out scores.jsonl --resume",
  ],
  run: async (args) => (await import("./run-map.js")).runMap(args),
};
