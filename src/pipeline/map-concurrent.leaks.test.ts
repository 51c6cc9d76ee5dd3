import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { CancelScope } from "../core/index.js";
import { sleep } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { forEachConcurrent, mapConcurrent, pipeline } from "./index.js";

const REASON = { a: "reason that is no error" };
const virtually = (main: () => Promise<void>): Promise<void> => new VirtualHost().run(main);

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

function heapUsed(): number {
  gc();
  return process.memoryUsage().heapUsed;
}

test("no listener is left on the signal, however a run ends", async () => {
  const { signal } = new AbortController();
  const options = { signal, limit: 2 };
  const fail = () => Promise.reject(new Error("bad"));
  await forEachConcurrent([1, 2, 3], () => {}, options);
  await expect(forEachConcurrent([1, 2, 3], fail, options)).rejects.toThrow("bad");
  await expect(
    mapConcurrent([1], fail, { ...options, onError: "collect" }).toArray(),
  ).rejects.toThrow("bad");
  for await (const _ of mapConcurrent([1, 2, 3], (n) => n, options)) break;
  for await (const _ of mapConcurrent([1, 2, 3], (n) => n, options));
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("while calls run, a signal has one listener, and what they registered goes with their items", async () => {
  await virtually(async () => {
    const controller = new AbortController();
    const told: number[] = [];
    const run = forEachConcurrent(
      Array.from({ length: 100 }, (_, n) => n),
      async (n, scope) => {
        scope.onCancel(() => told.push(n));
        await sleep(n < 98 ? 1 : 1_000);
      },
      { signal: controller.signal, limit: 10 },
    );
    await sleep(500);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
    controller.abort(REASON);
    await expect(run).rejects.toBe(REASON);
    expect(told).toEqual([98, 99]);
  });
});

test("an item's registrations go however it ends, in a flatMap too", async () => {
  const told: string[] = [];
  const controller = new AbortController();
  const ways: Record<string, () => unknown> = {
    value: () => [1],
    failure: () => Promise.reject(new Error("bad")),
  };
  const run = (way: string): Promise<unknown> =>
    mapConcurrent(
      [1, 2],
      (_, scope) => {
        scope.onCancel(() => told.push(way));
        return ways[way]?.();
      },
      { limit: 1, onError: "collect", signal: controller.signal },
    ).toArray();
  await run("value");
  await expect(run("failure")).rejects.toThrow("bad");
  const flat = pipeline([1, 2, 3], controller).flatMap((n, scope) => {
    scope.onCancel(() => told.push(`flat ${n}`));
    if (n === 3) controller.abort(REASON);
    return [n];
  });
  await expect(flat.collect()).rejects.toBe(REASON);
  expect(told).toEqual(["flat 3"]);
});

test("100,000 short maps in one long-lived scope leave nothing in it", async () => {
  const scope = new CancelScope();
  const short = async (): Promise<void> => {
    await forEachConcurrent([1], () => {}, { signal: scope.signal, limit: 1 });
    for await (const _ of pipeline([1, 2, 3], scope).batch(2)) break;
  };
  for (let i = 0; i < 1_000; i += 1) await short();
  const before = heapUsed();
  for (let i = 0; i < 50_000; i += 1) await short();
  expect(heapUsed() - before).toBeLessThan(2_000_000);
  expect([...scope.children]).toEqual([]);
});

test("toArray holds the results and not the items: a run of a million needs no memory per call", async () => {
  const COUNT = 1_000_000;
  function* source(): Generator<{ n: number }> {
    for (let n = 0; n < COUNT; n += 1) yield { n };
  }
  const before = heapUsed();
  let most = 0;
  const results = await mapConcurrent(
    source(),
    ({ n }) => {
      if (n % 250_000 === 249_999) most = Math.max(most, heapUsed());
      return n;
    },
    { limit: 50 },
  ).toArray();
  expect(results).toHaveLength(COUNT);
  expect(results[COUNT - 1]).toBe(COUNT - 1);
  expect(most - before).toBeLessThan(COUNT * 20); // the array itself, with room to grow
});

test("for await over a million results needs no memory that grows with their number", async () => {
  function* source(): Generator<{ n: number }> {
    for (let n = 0; ; n += 1) yield { n };
  }
  let before = 0;
  let after = 0;
  for await (const n of mapConcurrent(source(), ({ n }) => n, { limit: 50 })) {
    if (n === 10_000) before = heapUsed();
    if (n < 500_000) continue;
    after = heapUsed();
    break;
  }
  expect(after - before).toBeLessThan(2_000_000);
});
