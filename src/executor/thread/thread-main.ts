import { workerData } from "node:worker_threads";
import { host } from "../../core/index.js";
import { watchThisWorker } from "../../loop/watch-worker.js";
import { unpackShared } from "../../shared/travel.js";
import { WORD } from "../wire/index.js";
import { startWorker } from "../worker/index.js";
import { RingLink } from "./ring-link.js";
import { SharedWords } from "./shared-words.js";
import type { ThreadData } from "./thread-backend.js";

/** What a worker thread runs. */

/** Longer than the pool takes to answer while it is busy; to sleep and be woken costs twice as much. */
const SPIN_MS = 0.03;
/** Looks at the ring between two looks at the clock. */
const LOOKS = 100;

const { start, ends, words: memory, initializerInput } = workerData as ThreadData;
const words = new SharedWords(memory);
let link: RingLink;

function spin(): boolean {
  const endMs = host.nowMs() + SPIN_MS;
  do {
    for (let i = 0; i < LOOKS; i += 1) if (link.ready) return true;
  } while (host.nowMs() < endMs);
  return false;
}

// Not awaited at the top: V8 ends the whole program if a thread is terminated while such a module begins.
async function main(): Promise<void> {
  await watchThisWorker();
  await startWorker(start, {
    initializerInput: unpackShared(initializerInput),
    words,
    usedBytes: () => {
      const heap = process.getBuiltinModule("node:v8").getHeapStatistics();
      return heap.used_heap_size + heap.external_memory;
    },
    openLink: (events, wakeUp) => (link = new RingLink(ends, events, wakeUp)),
    // A worker that spins has the core that another thread may want: the pool knows.
    doze: (busy) => (!busy && words.load(WORD.maySpin) === 1 && spin()) || !link.sleep(),
  });
}

void main();
