import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CancelScope, installHost, realHost, WaitQueue } from "../core/index.js";
import { all, shield, sleep, TaskGroup, withTaskGroup, withTimeout } from "./index.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const WAITS = 100_000;
const BOUND = 5_000_000;

/** Timers that neither ran nor were stopped. */
const timers = new Set<unknown>();
let installed: Disposable;

beforeAll(() => {
  installed = installHost({
    ...realHost,
    startTimer(run, delayMs) {
      const timer = realHost.startTimer(() => {
        timers.delete(timer);
        run();
      }, delayMs);
      timers.add(timer);
      return timer;
    },
    stopTimer(timer) {
      timers.delete(timer);
      realHost.stopTimer(timer);
    },
  });
});

afterAll(() => installed[Symbol.dispose]());

async function heapUsed(): Promise<number> {
  // Turns, so that what ended last is let go: a collection in the middle of a stack keeps too much.
  for (let i = 0; i < 3; i += 1) {
    await new Promise<void>((resolve) => realHost.soon(resolve));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

/** Waits 100,000 times on one long-lived signal, and looks at what is left of it. */
async function leftovers(
  signal: AbortSignal,
  wait: () => Promise<unknown>,
  atOnce: number,
): Promise<{ listeners: number; timers: number; grown: number }> {
  const round = async (): Promise<void> => {
    await Promise.allSettled(Array.from({ length: atOnce }, wait));
  };
  for (let i = 0; i < WAITS / 10; i += atOnce) await round(); // compiled and warm
  const before = await heapUsed();
  for (let i = 0; i < WAITS; i += atOnce) await round();
  const grown = (await heapUsed()) - before;
  const listeners = getEventListeners(signal, "abort").length;
  return { listeners, timers: timers.size, grown };
}

const queue = new WaitQueue("gate");
const granted = (options: { signal: AbortSignal }): Promise<void> => {
  const wait = queue.wait(options);
  queueMicrotask(() => queue.wakeOne());
  return wait;
};
const withdrawn = ({ signal }: { signal: AbortSignal }): Promise<unknown> =>
  withTaskGroup(
    (group) => {
      const task = group.spawn((scope) => sleep(60_000, scope));
      task.cancel();
    },
    { signal },
  );

type Wait = (options: { signal: AbortSignal }) => Promise<unknown>;
const waits: [name: string, wait: Wait][] = [
  ["a wait that is granted", granted],
  ["a sleep that is cancelled", withdrawn],
  ["a timeout that does not run out", (options) => withTimeout(60_000, async () => 1, options)],
  ["a group with two children", (options) => all([async () => 1, async () => 2], options)],
  ["a shield", (options) => shield(async () => 1, { ...options, timeoutMs: 60_000 })],
];

describe.each(waits)("%s, 100,000 times on one signal, leaves nothing", (_, wait) => {
  test.each([
    ["one after the other", 1],
    ["a thousand at once", 1_000],
  ])("%s, on a foreign signal", async (_, atOnce) => {
    const { signal } = new AbortController();
    const left = await leftovers(signal, () => wait({ signal }), atOnce);
    expect(left).toMatchObject({ listeners: 0, timers: 0 });
    expect(left.grown).toBeLessThan(BOUND);
  });

  test("on the signal of a scope", async () => {
    const { signal } = new CancelScope();
    const left = await leftovers(signal, () => wait({ signal }), 100);
    expect(left).toMatchObject({ listeners: 0, timers: 0 });
    expect(left.grown).toBeLessThan(BOUND);
  });
});

test("sleeps on one signal that end by themselves leave nothing", async () => {
  const { signal } = new AbortController();
  const left = await leftovers(signal, () => sleep(0, { signal }), 1_000);
  expect(left).toMatchObject({ listeners: 0, timers: 0 });
  expect(left.grown).toBeLessThan(BOUND);
});

test("children that have settled are not kept by a group that lives on", async () => {
  const { signal } = new AbortController();
  const group = new TaskGroup({ signal });
  const left = await leftovers(signal, () => group.spawn(async () => 1).result(), 100);
  expect(left.listeners).toBe(1); // the group's own, while it lives
  expect(left.grown).toBeLessThan(BOUND);
  await group.join();
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("cancelled children of a group that lives on are not kept", async () => {
  const { signal } = new AbortController();
  const group = new TaskGroup({ signal });
  const cancelled = (): Promise<void> => {
    const task = group.spawn((scope) => sleep(60_000, scope));
    task.cancel("enough");
    return task.result();
  };
  const left = await leftovers(signal, cancelled, 100);
  expect(left.timers).toBe(0);
  expect(left.grown).toBeLessThan(BOUND);
  await group.join();
});
