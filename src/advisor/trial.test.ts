import { expect, test } from "vitest";
import { SharedEvent } from "../shared/index.js";
import type { Forecast } from "./advice.js";
import type { SampleRun } from "./run-sample.js";
import { tryOut } from "./trial.js";

const run: SampleRun = {
  calls: 10,
  failed: 0,
  firstError: undefined,
  limit: 1,
  wallMs: 20,
  heldMs: 20,
  cpuMs: 0,
  longestHoldMs: 20,
  perSecond: 50,
  loopShare: 1,
  pair: { input: 1, output: 1 },
  good: [1],
  streams: false,
};
const there: Forecast = {
  model: "threads",
  possible: true,
  perSecond: 100,
  speedup: 2,
  predicted: 2,
  loopDelayMs: 0,
  transferMs: 0,
  memoryMb: 0,
  startUpMs: 0,
  limit: 2,
  workers: 2,
  tasksPerWorker: 1,
};
const waits = (ms: number): string => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  return "";
};

// A blocked thread is no faster on a quick machine, and two of them are no faster than twice that on any.
test.each(["threads", "processes"] as const)("%s are counted by what they did", async (model) => {
  const twenty = { ...run, good: [20] };
  const trial = await tryOut(waits, twenty, { ...there, model }, { timeMs: 400 });
  expect(trial).toEqual({ perSecond: expect.any(Number) });
  const { perSecond } = trial as { perSecond: number };
  expect(perSecond).toBeGreaterThan(0);
  expect(perSecond).toBeLessThanOrEqual(100);
});

test("each input weighs as often as it stands in the sample", async () => {
  const counts = new SharedArrayBuffer(8);
  const counted = ({ counts, place }: { counts: SharedArrayBuffer; place: number }): void => {
    Atomics.add(new Int32Array(counts), place, 1);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
  };
  const good = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1].map((place) => ({ counts, place }));
  await tryOut(counted, { ...run, good }, there, { timeMs: 200 });
  const [often, seldom] = new Int32Array(counts);
  expect(often).toBeGreaterThan(4 * seldom!);
});

test("a call that gives several values is one call", async () => {
  const slow = async function* (ms: number): AsyncGenerator<number> {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    for (let i = 0; i < 50; i += 1) yield i;
  };
  const streams = { ...run, good: [20], streams: true };
  const { perSecond } = (await tryOut(slow, streams, there, { timeMs: 200 })) as {
    perSecond: number;
  };
  expect(perSecond).toBeGreaterThan(0);
  expect(perSecond).toBeLessThanOrEqual(100);
});

test("what takes longer than the time there is, is run once by each worker", async () => {
  const calls = new SharedArrayBuffer(4);
  const counted = async ({ calls, ms }: { calls: SharedArrayBuffer; ms: number }) => {
    Atomics.add(new Int32Array(calls), 0, 1);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  };
  const long = { ...run, good: [{ calls, ms: 300 }] };
  const trial = await tryOut(counted, long, there, { timeMs: 10 });
  expect(trial).toEqual({ perSecond: expect.any(Number) });
  expect(new Int32Array(calls)[0]).toBe(2);
});

test("an error of its own keeps a trial from telling; one of the executor is a refusal", async () => {
  const fails = (): never => {
    throw new Error("not twice");
  };
  const failure = expect.stringContaining("not twice");
  expect(await tryOut(fails, run, there, { timeMs: 50 })).toEqual({ failure });
  const outside = (): unknown => there;
  const refusal = expect.stringContaining('"there", which is outside it');
  expect(await tryOut(outside, run, there, { timeMs: 50 })).toEqual({ refusal });
});

test("where no input can be relied on, none is tried", async () => {
  const trial = await tryOut(waits, { ...run, good: [], failed: 5 }, there, { timeMs: 50 });
  expect(trial).toEqual({ failure: expect.stringContaining("each input failed here") });
});

test("a cancel ends it with the reason", async () => {
  const began = new SharedEvent();
  const beginning = (began: SharedEvent): void => began.set();
  const stopper = new AbortController();
  const plan = { timeMs: 60_000, signal: stopper.signal };
  const trying = tryOut(beginning, { ...run, good: [began] }, there, plan);
  await began.wait();
  const reason = new Error("enough");
  stopper.abort(reason);
  await expect(trying).rejects.toBe(reason);
});
