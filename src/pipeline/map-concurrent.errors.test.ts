import { expect, test } from "vitest";
import { leaves, TaskGroupError } from "../core/index.js";
import { sleep } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { forEachConcurrent, mapConcurrent } from "./index.js";

const virtually = (main: () => Promise<void>): Promise<void> => new VirtualHost().run(main);

async function failureOf(run: Promise<unknown>): Promise<TaskGroupError> {
  const error: unknown = await run.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(TaskGroupError);
  return error as TaskGroupError;
}

test("a failure is a TaskGroupError with the error, its place, and itself as the cause", async () => {
  const bad = new Error("bad");
  const fail = (n: number): number => {
    if (n === 2) throw bad;
    return n;
  };
  const runs = [
    mapConcurrent([0, 1, 2, 3], fail, { limit: 1 }).toArray(),
    mapConcurrent([0, 1, 2, 3], async (n) => fail(n), { limit: 4 }).toArray(),
    mapConcurrent([0, 1, 2, 3], fail, { limit: 1, ordered: false }).toArray(),
    forEachConcurrent([0, 1, 2, 3], fail, { limit: 2 }),
  ];
  for (const run of runs) {
    const error = await failureOf(run);
    expect(error).toMatchObject({ code: "TASKS_FAILED", indices: [2] });
    expect([error.errors[0], error.cause]).toEqual([bad, bad]);
    expect(error.message).toContain("bad");
  }
});

test.each([undefined, null, 0, "", false])("a rejection with %o is a failure", async (nothing) => {
  const rejects = () => Promise.reject(nothing);
  const throws = (): never => {
    throw nothing;
  };
  for (const fn of [rejects, throws]) {
    const error = await failureOf(mapConcurrent([1], fn, { limit: 1 }).toArray());
    expect([error.errors, error.indices]).toEqual([[nothing], [0]]);
    const all = await failureOf(forEachConcurrent([1, 2], fn, { limit: 1, onError: "collect" }));
    expect([all.errors, all.indices]).toEqual([
      [nothing, nothing],
      [0, 1],
    ]);
  }
});

test("stop: the first failure cancels the others, starts none, and waits for all", async () => {
  const log: string[] = [];
  await virtually(async () => {
    const run = forEachConcurrent(
      [0, 1, 2, 3, 4],
      async (n, scope) => {
        log.push(`${n} starts`);
        if (n === 1) throw new Error("bad");
        await sleep(Infinity, scope).catch(() => log.push(`${n} is cancelled`));
        await sleep(5);
        log.push(`${n} ends`);
      },
      { limit: 3 },
    );
    await failureOf(run);
    log.push("failed");
  });
  expect(log.slice(0, 3)).toEqual(["0 starts", "1 starts", "2 starts"]);
  expect(log.slice(3)).toEqual(["0 is cancelled", "2 is cancelled", "0 ends", "2 ends", "failed"]);
});

test("an item that is on its way when the run is cancelled is not started", async () => {
  const started: number[] = [];
  async function* source(): AsyncGenerator<number> {
    for (let n = 0; ; n += 1) yield n;
  }
  const run = forEachConcurrent(
    source(),
    async (n, scope) => {
      expect(scope.cancelled).toBe(false);
      started.push(n);
      for (let i = 0; i < n + 5; i += 1) await Promise.resolve();
      throw new Error("bad");
    },
    { limit: 10 },
  );
  const { indices } = await failureOf(run);
  expect(indices).toEqual(started.slice(0, indices?.length));
});

test("collect: all items are tried, and all failures told, in the order in which they came", async () => {
  await virtually(async () => {
    const tried: number[] = [];
    const fail = async (ms: number): Promise<number> => {
      tried.push(ms);
      await sleep(ms);
      if (ms % 20 === 0) throw new Error(`bad ${ms}`);
      return ms;
    };
    const took = [40, 30, 20, 10, 60];
    const run = mapConcurrent(took, fail, { limit: 9, onError: "collect" }).toArray();
    const error = await failureOf(run);
    expect(tried).toEqual(took);
    expect(error.indices).toEqual([2, 0, 4]);
    expect(leaves(error).map(String)).toEqual(["Error: bad 20", "Error: bad 40", "Error: bad 60"]);
  });
});

test.each(["stop", "collect"] as const)(
  "%s: for await gives the results before the failure first",
  async (onError) => {
    const seen: number[] = [];
    const fail = (n: number): number => {
      if (n === 3) throw new Error("bad");
      return n;
    };
    const read = async (): Promise<void> => {
      const options = { limit: 2, onError };
      for await (const n of mapConcurrent([0, 1, 2, 3, 4, 5], fail, options)) seen.push(n);
    };
    expect((await failureOf(read())).indices).toEqual([3]);
    expect(seen).toEqual(onError === "stop" ? [0, 1, 2] : [0, 1, 2, 4, 5]);
  },
);

test("for await tells of a failure once, and has ended then", async () => {
  const fail = () => Promise.reject(new Error("bad"));
  const reader = mapConcurrent([1, 2], fail, { limit: 2 })[Symbol.asyncIterator]();
  const steps = await Promise.allSettled([reader.next(), reader.next(), reader.next()]);
  expect(steps.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect(await reader.next()).toEqual({ done: true, value: undefined });
});

test("an AbortError out of nowhere is an error", async () => {
  const abort = new DOMException("not ours", "AbortError");
  const error = await failureOf(forEachConcurrent([1], () => Promise.reject(abort), { limit: 1 }));
  expect(error.errors).toEqual([abort]);
});

test("what the others reject with because of the cancel is no error; what they fail with is", async () => {
  await virtually(async () => {
    const first = new Error("first");
    const cleanup = new Error("cleanup failed");
    const ways: ((scope: { reason: unknown }) => unknown)[] = [
      () => first,
      ({ reason }) => reason,
      () => new DOMException("the platform's", "AbortError"),
      ({ reason }) => new AggregateError([reason, reason]),
      () => cleanup,
      ({ reason }) => new Error("wrapped", { cause: reason }),
    ];
    const run = forEachConcurrent(
      ways,
      async (way, scope) => {
        await sleep(scope.index === 0 ? 1 : Infinity, scope).catch(() => {});
        throw way(scope);
      },
      { limit: 10 },
    );
    const error = await failureOf(run);
    expect(error.indices).toEqual([0, 4, 5]);
    expect(error.errors.slice(0, 2)).toEqual([first, cleanup]);
  });
});

test("an error object that several items fail with is told once", async () => {
  const shared = new Error("shared");
  const fail = () => Promise.reject(shared);
  const error = await failureOf(
    forEachConcurrent([1, 2, 3], fail, { limit: 3, onError: "collect" }),
  );
  expect(error.errors).toEqual([shared]);
});
