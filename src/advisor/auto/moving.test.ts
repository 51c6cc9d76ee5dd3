import * as fc from "fast-check";
import { expect, test } from "vitest";
import { host } from "../../core/index.js";
import type { Meter } from "../meter.js";
import { AutoExecutor } from "./auto-executor.js";

// Sent by its text when it moves, so it uses nothing around it.
const spin = (times: number): number => {
  let x = 1;
  for (let i = 0; i < times; i += 1) x = (x * 48271) % 2147483647;
  return x;
};
const LONG = 30_000;
/** So short that one call is longer. */
const SLICE_MS = 0.01;

/** Tells of a loop that computes all the time, or of one that does nothing. */
function meterOf(kind: "busy" | "idle"): Meter {
  let activeMs = 0;
  return {
    read() {
      activeMs += kind === "busy" ? 1e3 : 0;
      return { atMs: host.nowMs(), activeMs, cpuMs: activeMs, queuedMs: 0 };
    },
  };
}

/** Submits one task after the other until the executor has decided so. */
async function until(
  executor: AutoExecutor,
  submit: () => PromiseLike<unknown>,
  decided: (decision: { model: string; reason: string }) => boolean,
): Promise<void> {
  do await submit();
  while (!decided(executor.stats().decision));
}

test("calls that hold the loop for longer than a slice go to threads, and it is said why", async () => {
  await using executor = new AutoExecutor({ workers: 2, sliceMs: SLICE_MS }, meterOf("busy"));
  expect(executor.stats().decision).toMatchObject({ model: "async" });
  const submit = (): PromiseLike<unknown> => executor.submit(spin, LONG);
  await until(executor, submit, ({ model }) => model === "threads");
  const { decision, workers } = executor.stats();
  expect(decision.task).toBe("spin");
  expect(decision.reason).toMatch(/CPU-bound: .* busy of .*; threads x2 predicted/);
  expect(workers).toBe(3); // the loop and two threads
  expect(await executor.submit(spin, 3)).toBe(spin(3));
});

test("threads have run their initializer before the first task comes to them", async () => {
  const initializer = (): void => void ((globalThis as { ready?: boolean }).ready = true);
  const isReady = (times: number): boolean => {
    let x = 1;
    for (let i = 0; i < times; i += 1) x = (x * 48271) % 2147483647;
    return (globalThis as { ready?: boolean }).ready === x > 0;
  };
  const options = { workers: 2, sliceMs: SLICE_MS, initializer };
  await using executor = new AutoExecutor(options, meterOf("busy"));
  let ready = false;
  while (!ready) ready = await executor.submit(isReady, LONG);
  expect(executor.stats().decision).toMatchObject({ model: "threads" });
});

test("what uses something around it stays on the loop, and is told what that is", async () => {
  const outside = 1;
  const closes = (times: number): number => {
    let x = outside;
    for (let i = 0; i < times; i += 1) x = (x * 48271) % 2147483647;
    return x;
  };
  await using executor = new AutoExecutor({ sliceMs: SLICE_MS }, meterOf("busy"));
  const submit = (): PromiseLike<unknown> => executor.submit(closes, LONG);
  await until(executor, submit, ({ reason }) => reason.includes("impossible"));
  const { decision, workers } = executor.stats();
  expect(decision.model).toBe("async");
  expect(decision.reason).toMatch(/threads are impossible: it uses "outside".*defineTasks/);
  expect(workers).toBe(1);
});

test("what gives a value that can't be cloned stays on the loop", async () => {
  const gives = (times: number): unknown => {
    let x = 1;
    for (let i = 0; i < times; i += 1) x = (x * 48271) % 2147483647;
    return () => x;
  };
  await using executor = new AutoExecutor({ sliceMs: SLICE_MS }, meterOf("busy"));
  const submit = (): PromiseLike<unknown> => executor.submit(gives, LONG);
  await until(executor, submit, ({ reason }) => reason.includes("can't be cloned"));
  expect(executor.stats().decision.model).toBe("async");
  expect(typeof (await executor.submit(gives, 1))).toBe("function");
});

test("what leaves the loop idle stays on it", async () => {
  await using executor = new AutoExecutor({}, meterOf("idle"));
  const waits = async (n: number): Promise<number> => await Promise.resolve(n);
  const inputs = Array.from({ length: 5_000 }, (_, i) => i);
  expect(await executor.map(waits, inputs).toArray()).toEqual(inputs);
  expect(executor.stats()).toMatchObject({ workers: 1, decision: { model: "async" } });
});

test(
  "no input is run twice and none is lost, whatever is decided when",
  { timeout: 60_000 },
  async () => {
    // Counts its runs in memory that all threads share.
    const count = ({
      cells,
      i,
      times,
    }: {
      cells: Int32Array;
      i: number;
      times: number;
    }): number => {
      let x = 1;
      for (let n = 0; n < times; n += 1) x = (x * 48271) % 2147483647;
      return Atomics.add(cells, i, x > 0 ? 1 : 0);
    };
    const runs = fc.record({
      inputs: fc.integer({ min: 1, max: 150 }),
      limit: fc.integer({ min: 1, max: 40 }),
      times: fc.constantFrom(1, 5_000, LONG),
      ordered: fc.boolean(),
    });
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(runs, async ({ inputs, limit, times, ordered }) => {
        const cells = new Int32Array(new SharedArrayBuffer(4 * inputs));
        const plan = { workers: 2, sliceMs: SLICE_MS, capacity: Infinity };
        await using executor = new AutoExecutor(plan, meterOf("busy"));
        const source = Array.from({ length: inputs }, (_, i) => ({ cells, i, times }));
        const outputs = await executor.map(count, source, { limit, ordered }).toArray();
        expect(outputs).toEqual(Array.from({ length: inputs }, () => 0));
        expect([...cells]).toEqual(Array.from({ length: inputs }, () => 1));
        if (executor.stats().decision.model === "threads") moved += 1;
      }),
      { numRuns: 15 },
    );
    expect(moved).toBeGreaterThan(0);
  },
);
