import { strictEqual } from "node:assert";
import { spinLock } from "../raw.js";
import { newWords, secondThread } from "../second-thread.js";

/** Two threads, half of the turns each. */
const contended = (turn, other) => {
  const run = async (size, watch) => {
    watch.start();
    const done = other.done();
    other.go(size / 2);
    for (let i = 0; i < size / 2; i += 1) turn();
    await done;
    watch.stop();
    return size;
  };
  return Object.assign(run, { close: other.close });
};

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "lock-contended",
  title: "a lock that two threads want all the time, and do nothing with",
  unit: "ns per turn",
  size: 1_000_000,
  smokeSize: 1_000,
  check: (turns, size) => strictEqual(turns, size),
  implementations: [
    {
      name: "raw",
      note: "a lock that spins",
      async load() {
        const words = newWords();
        const lock = spinLock(words, 0);
        const turn = () => {
          lock.take();
          lock.give();
        };
        return contended(turn, await secondThread({ does: "contendRaw", words }));
      },
    },
    {
      name: "weftwork",
      async load() {
        const { allowBlockingMain, SharedLock } = await import("../../../dist/shared/index.js");
        allowBlockingMain();
        const lock = new SharedLock();
        const other = await secondThread({ does: "contendOurs", handle: lock.handle() });
        return contended(() => lock.acquireSync().release(), other);
      },
    },
  ],
};
