import { strictEqual } from "node:assert";
import { newWords, secondThread } from "../second-thread.js";

const PAUSE_MS = 1; // long enough to fall asleep

/** Microseconds from the wake-up to the first store of the thread that was woken, sorted. */
const waking = (words, wake, other) => {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const run = async (size) => {
    const tookUs = new Float64Array(size);
    Atomics.store(words, 1, 0);
    const done = other.done();
    other.go(size);
    for (let i = 0; i < size; i += 1) {
      Atomics.wait(pause, 0, 0, PAUSE_MS);
      const startedMs = performance.now();
      wake();
      while (Atomics.load(words, 1) !== i + 1);
      tookUs[i] = (performance.now() - startedMs) * 1e3;
    }
    await done;
    return tookUs.toSorted();
  };
  return Object.assign(run, { close: other.close });
};

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "wake",
  title: "a worker that sleeps is woken",
  unit: "us, p50",
  size: 1_000,
  smokeSize: 20,
  check: (tookUs, size) => strictEqual(tookUs.length, size),
  figure: (sorted) => sorted[sorted.length >> 1],
  implementations: [
    {
      name: "raw",
      note: "store and notify",
      async load() {
        const words = newWords();
        const wake = () => {
          Atomics.store(words, 0, 1);
          Atomics.notify(words, 0);
        };
        return waking(words, wake, await secondThread({ does: "wakeRaw", words }));
      },
    },
    {
      name: "weftwork",
      note: "SharedEvent",
      async load() {
        const { SharedEvent } = await import("../../../dist/shared/index.js");
        const words = newWords();
        const event = new SharedEvent();
        const other = await secondThread({ does: "wakeOurs", words, handle: event.handle() });
        return waking(words, () => event.set(), other);
      },
    },
  ],
};
