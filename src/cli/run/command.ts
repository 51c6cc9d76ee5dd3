import type { Command } from "../args/index.js";
import { stallFlags } from "../stalls/index.js";

export const run: Command = {
  name: "run",
  summary: "Runs a program as Node does, and tells what blocks its event loop.",
  usage: ["run [options] SCRIPT [ARGUMENT ...]"],
  flags: stallFlags,
  words: "files",
  passesOn: true,
  notes: [
    "SCRIPT is JavaScript or TypeScript. What follows it is its own, and so is the exit code.\n" +
      "Flags of Node go to Node: NODE_OPTIONS='--max-old-space-size=4096' weft run ...",
  ],
  examples: [
    "weft run --watch-stalls server.js --port 8080",
    "weft run --watch-stalls --stall-threshold 200ms build.ts",
  ],
  run: async (args) => (await import("./run-script.js")).runScript(args),
};
