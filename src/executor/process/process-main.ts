import { Socket } from "node:net";
import { allowRequire } from "../module/index.js";
import { startWorker } from "../worker/index.js";
import { PIPE_FD, WORDS_FD } from "./descriptors.js";
import { FileWords } from "./file-words.js";
import { PipeLink } from "./pipe-link.js";
import type { ProcessStart } from "./process-backend.js";

/** What a worker process runs. */

// Ctrl-C at a terminal reaches all processes of the group. What it means is for the pool to say, which may
// want to clean up by the help of its workers; if it dies of it, the pipe ends.
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {});

const pipe = new Socket({ fd: PIPE_FD, readable: true, writable: true });
pipe.on("close", () => process.exit());

const words = new FileWords(WORDS_FD);
const { start, watch } = JSON.parse(process.argv[2] as string) as ProcessStart;

/** Called by `process-start.cjs`; `required` if it could require this module, which may not await at its top for that. */
export async function main(required: boolean): Promise<void> {
  if (required) allowRequire();
  if (watch !== undefined) (await import("./tell-stalls.js")).tellStalls(watch);
  await startWorker(start, {
    words,
    usedBytes: () => process.memoryUsage.rss(),
    openLink: (events, wakeUp) => new PipeLink(pipe, words.legacy, events, wakeUp),
    doze: () => false, // the pipe wakes it
  });
}
