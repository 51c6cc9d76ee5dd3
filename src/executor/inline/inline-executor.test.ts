import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, test } from "vitest";
import { sleep } from "weftwork";
import { InlineExecutor } from "weftwork/executor";
import { executorContract, VirtualHost } from "weftwork/testing";

describe("the contract", () => {
  const laws = executorContract((options) => new InlineExecutor(options), { inWorkers: false });
  for (const { law, run } of laws) test(law, run);
});

test("a task gets its very input and gives its very output", async () => {
  await using executor = new InlineExecutor({ limit: 1 });
  const input = { run: () => 1 };
  expect(await executor.submit((value: object) => value, input)).toBe(input);
  const error = new Error("itself");
  await expect(executor.submit(() => Promise.reject(error), 0)).rejects.toBe(error);
});

test("a task begins at once if there is room for it", async () => {
  await using executor = new InlineExecutor({ limit: 1 });
  const began: number[] = [];
  const task = executor.submit((n: number) => began.push(n), 1);
  expect(began).toEqual([1]);
  await task;
});

test("a task that had to wait runs in the context of whoever submitted it", async () => {
  const executor = new InlineExecutor({ limit: 1, capacity: 1 });
  const storage = new AsyncLocalStorage<number>();
  const look = async (): Promise<number | undefined> => {
    await sleep(0);
    return storage.getStore();
  };
  const seen = [
    ...[1, 2].map((n) => storage.run(n, () => executor.submit(look, 0).result())),
    ...[3, 4].map((n) => storage.run(n, async () => (await executor.offer(look, 0)).task)),
  ];
  expect(await Promise.all(seen)).toEqual([1, 2, 3, 4]);
  await executor.close();
});

test("a long line of tasks that throw at once is no recursion", async () => {
  await using executor = new InlineExecutor({ limit: 1, capacity: Infinity });
  const fail = (n: number): never => {
    throw new RangeError(`${n}`);
  };
  const tasks = Array.from({ length: 20_000 }, (_, n) => executor.submit(fail, n).result());
  const outcomes = await Promise.allSettled(tasks);
  expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
});

test("it keeps virtual time", async () => {
  const host = new VirtualHost();
  await host.run(async () => {
    await using executor = new InlineExecutor({ limit: 2 });
    const nap = (ms: number, scope: object): Promise<void> => sleep(ms, scope);
    const napping = [60_000, 60_000, 60_000].map((ms) => executor.submit(nap, ms));
    const timed = executor.submit(nap, 60_000, { timeoutMs: 1_000 });
    await expect(timed).rejects.toMatchObject({ code: "TIMEOUT" });
    await Promise.all(napping);
  });
  expect(host.nowMs()).toBe(120_000);
});

test.each<[object, ErrorConstructor, string]>([
  [{ limit: 0 }, RangeError, "limit must be an integer >= 1 or Infinity, got 0"],
  [{}, TypeError, "limit must be an integer >= 1 or Infinity, got undefined"],
  [{ limit: 1, capacity: 0.5 }, RangeError, "got 0.5"],
])("a wrong option throws at the call, with the value: %o", (options, kind, message) => {
  expect(() => new InlineExecutor(options as never)).toThrow(kind);
  expect(() => new InlineExecutor(options as never)).toThrow(message);
});
