import { expect, test } from "vitest";
import { TaskGroupError } from "../core/index.js";
import { VirtualHost } from "../testing/index.js";
import { all, allSettled, type Body, now, sleep } from "./index.js";

const virtual = <T>(main: () => Promise<T>): Promise<T> => new VirtualHost().run(main);
const after =
  <T>(ms: number, value: T): Body<T> =>
  (scope) =>
    sleep(ms, scope).then(() => value);
const failAfter =
  (ms: number, error: unknown): Body<never> =>
  () =>
    sleep(ms).then(() => Promise.reject(error));

test("all gives all values, in the order of the bodies", () =>
  virtual(async () => {
    const values: [string, number, undefined] = await all([
      after(30, "slow"),
      () => 7,
      after(10, undefined),
    ]);
    expect([values, now()]).toEqual([["slow", 7, undefined], 30]);
    expect(await all([])).toEqual([]);
    expect(await all(new Set([() => 1, () => 2]))).toEqual([1, 2]);
  }));

test("in all, a failure cancels the others, and they are joined before it rejects", () =>
  virtual(async () => {
    const root = new Error("root");
    let cleaned = false;
    const failing = all([
      failAfter(10, root),
      async (scope) => {
        await sleep(Infinity, scope).catch(() => {});
        await sleep(50);
        cleaned = true;
      },
    ]);
    await expect(failing).rejects.toMatchObject({ errors: [root], cause: root });
    expect([cleaned, now()]).toEqual([true, 60]);
  }));

test("in all, every real error is listed in the order of settling", () =>
  virtual(async () => {
    const [first, second] = [new Error("first"), new Error("second")];
    const failing = all([failAfter(20, second), failAfter(10, first), after(Infinity, "never")]);
    await expect(failing).rejects.toBeInstanceOf(TaskGroupError);
    await expect(failing).rejects.toMatchObject({ errors: [first, second] });
  }));

/** Bodies that count how many of them run at once, and which have started. */
function counted(count: number): { bodies: Body<number>[]; most: () => number; started: number[] } {
  let running = 0;
  let most = 0;
  const started: number[] = [];
  const bodies = Array.from({ length: count }, (_, index) => async (): Promise<number> => {
    started.push(index);
    most = Math.max(most, (running += 1));
    await sleep(10);
    running -= 1;
    return index;
  });
  return { bodies, most: () => most, started };
}

test("a limit is the most bodies that run at once; they start in order", () =>
  virtual(async () => {
    for (const [limit, most, endMs] of [
      [1, 1, 60],
      [4, 4, 20],
      [100, 6, 10],
      [Infinity, 6, 10],
    ] as const) {
      const startMs = now();
      const run = counted(6);
      expect(await all(run.bodies, { limit })).toEqual([0, 1, 2, 3, 4, 5]);
      expect([run.most(), now() - startMs]).toEqual([most, endMs]);
      expect(run.started).toEqual([0, 1, 2, 3, 4, 5]);
    }
  }));

test("after a failure or a cancel, bodies that have not started never do", () =>
  virtual(async () => {
    const failed = counted(3);
    const failing = all([failAfter(5, new Error("root")), ...failed.bodies], { limit: 2 });
    await expect(failing).rejects.toThrow("root");
    expect(failed.started).toEqual([0]);
    const controller = new AbortController();
    const cancelled = counted(3);
    const run = all(cancelled.bodies, { limit: 1, signal: controller.signal });
    await sleep(5);
    controller.abort("stop");
    await expect(run).rejects.toBe("stop");
    expect(cancelled.started).toEqual([0]);
  }));

test("a cancel from outside cancels every body, and rejects with the reason once they have ended", () =>
  virtual(async () => {
    for (const combinator of [all, allSettled]) {
      const startMs = now();
      const controller = new AbortController();
      const bodies = [after(Infinity, 1), () => sleep(50)];
      const run = combinator<unknown>(bodies, controller);
      await sleep(10);
      controller.abort("stop");
      await expect(run).rejects.toBe("stop");
      expect(now() - startMs).toBe(50);
    }
  }));

test("an aborted signal rejects first: no body is called", async () => {
  let called = false;
  const bodies = [() => (called = true)];
  const options = { signal: AbortSignal.abort("early") };
  await expect(all(bodies, options)).rejects.toBe("early");
  await expect(allSettled(bodies, options)).rejects.toBe("early");
  expect(called).toBe(false);
});

test("allSettled tells of each how it ended, in order; no failure stops the others", () =>
  virtual(async () => {
    const thrower = (): never => {
      throw undefined;
    };
    const bodies = [after(30, "slow"), failAfter(10, "bad"), () => "sync", thrower];
    const settled = [
      { status: "fulfilled", value: "slow" },
      { status: "rejected", reason: "bad" },
      { status: "fulfilled", value: "sync" },
      { status: "rejected", reason: undefined },
    ];
    expect(await allSettled(bodies)).toEqual(settled);
    expect(await allSettled(bodies, { limit: 1 })).toEqual(settled);
    expect(await allSettled([])).toEqual([]);
  }));

test("a hundred thousand bodies with a limit do not recurse", async () => {
  const bodies = Array.from({ length: 100_000 }, (_, index) => () => index);
  const values = await all(bodies, { limit: 2 });
  expect(values).toHaveLength(100_000);
  expect(values.at(-1)).toBe(99_999);
});
