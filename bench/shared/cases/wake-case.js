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

const loadRaw = (warmUps) => async () => {
  const words = newWords();
  const wake = (flag) => {
    Atomics.store(flag, 0, 1);
    Atomics.notify(flag, 0);
  };
  for (let i = 0, mine = newWords(); i < warmUps; i += 1) wake(mine);
  return waking(words, () => wake(words), await secondThread({ does: "wakeRaw", words, warmUps }));
};

const loadOurs = (warmUps) => async () => {
  const { SharedEvent } = await import("../../../dist/shared/index.js");
  const words = newWords();
  for (let i = 0, mine = new SharedEvent(); i < warmUps; i += 1) {
    mine.set();
    mine.clear();
  }
  const event = new SharedEvent();
  const other = await secondThread({ does: "wakeOurs", words, warmUps, handle: event.handle() });
  return waking(words, () => event.set(), other);
};

/**
 * `warmUps`: calls on either side, before anybody sleeps. A thousand wake-ups alone are too few for the engine to
 * compile what they run.
 *
 * @returns {import("../../harness/case.js").Case}
 */
export const wakeCase = ({ warmUps, ...named }) => ({
  unit: "us, p50",
  size: 1_000,
  smokeSize: 20,
  check: (tookUs, size) => strictEqual(tookUs.length, size),
  figure: (sorted) => sorted[sorted.length >> 1],
  ...named,
  implementations: [
    { name: "raw", note: "store and notify", load: loadRaw(warmUps) },
    { name: "weftwork", note: "SharedEvent", load: loadOurs(warmUps) },
  ],
});
