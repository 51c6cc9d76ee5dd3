import { expect, test } from "vitest";
import { CancelScope, type Wait } from "../core/index.js";
import { Queue } from "../queue/index.js";
import { sleep, withTaskGroup, withTimeout } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { forEachConcurrent, mapConcurrent } from "./index.js";

const REASON = { a: "reason that is no error" };
const virtually = (main: () => Promise<void>): Promise<void> => new VirtualHost().run(main);

/** Each way to cancel: what to pass, and how. */
const WAYS: [string, () => { wait: Wait; cancel: () => void }][] = [
  [
    "a foreign signal",
    () => {
      const controller = new AbortController();
      return { wait: { signal: controller.signal }, cancel: () => controller.abort(REASON) };
    },
  ],
  [
    "a scope",
    () => {
      const scope = new CancelScope();
      return { wait: scope, cancel: () => scope.cancel(REASON) };
    },
  ],
  [
    "a scope's signal",
    () => {
      const scope = new CancelScope();
      return { wait: { signal: scope.signal }, cancel: () => scope.cancel(REASON) };
    },
  ],
];

const optionsOf = (wait: Wait): Wait & { limit: number } => ({ signal: wait.signal!, limit: 2 });

test.each(WAYS)(
  "cancelled by %s, it rejects with the very reason once all calls have ended",
  async (_, make) => {
    await virtually(async () => {
      const ended: number[] = [];
      const { wait, cancel } = make();
      const slow = async (n: number, scope: Wait): Promise<void> => {
        await sleep(Infinity, scope).catch(() => {});
        await sleep(n);
        ended.push(n);
      };
      const options = optionsOf(wait);
      const reader = mapConcurrent([1, 2, 3], slow, options)[Symbol.asyncIterator]();
      const runs = [
        forEachConcurrent([4, 5, 6], slow, options),
        mapConcurrent([7, 8, 9], slow, options).toArray(),
        reader.next(),
      ].map((run) => expect(run).rejects.toBe(REASON));
      await sleep(1);
      cancel();
      await Promise.all(runs);
      expect(new Set(ended)).toEqual(new Set([1, 2, 4, 5, 7, 8]));
    });
  },
);

test("a signal that is aborted already touches neither the source nor the function", async () => {
  const options = { signal: AbortSignal.abort(REASON), limit: 1 };
  const touched = (): never => expect.fail("touched");
  const source = { [Symbol.iterator]: touched };
  await expect(forEachConcurrent(source, touched, options)).rejects.toBe(REASON);
  await expect(mapConcurrent(source, touched, options).toArray()).rejects.toBe(REASON);
  const reader = mapConcurrent(source, touched, options)[Symbol.asyncIterator]();
  await expect(reader.next()).rejects.toBe(REASON);
});

test("a signal that is aborted before the first step touches neither, either", async () => {
  const controller = new AbortController();
  function* source(): Generator<number> {
    yield expect.fail("pulled");
  }
  const never = (): never => expect.fail("called");
  const results = mapConcurrent(source(), never, { signal: controller.signal, limit: 1 });
  const reader = results[Symbol.asyncIterator]();
  controller.abort(REASON);
  await expect(reader.next()).rejects.toBe(REASON);
});

test("a source that aborts the signal while it is opened or pulled gets no call started", async () => {
  const never = (): never => expect.fail("called");
  const opening = new AbortController();
  const openers = {
    [Symbol.iterator]() {
      opening.abort(REASON);
      return [1, 2][Symbol.iterator]();
    },
  };
  await expect(
    forEachConcurrent(openers, never, { signal: opening.signal, limit: 1 }),
  ).rejects.toBe(REASON);
  const pulling = new AbortController();
  let closed = 0;
  function* pullers(): Generator<number> {
    try {
      pulling.abort(REASON);
      yield 1;
    } finally {
      closed += 1;
    }
  }
  await expect(
    forEachConcurrent(pullers(), never, { signal: pulling.signal, limit: 1 }),
  ).rejects.toBe(REASON);
  expect(closed).toBe(1);
});

test("a cancel while the source is pending ends the wait, by its return()", async () => {
  await virtually(async () => {
    const queue = new Queue<number>({ capacity: 1 });
    const controller = new AbortController();
    const run = forEachConcurrent(queue, () => {}, { signal: controller.signal, limit: 3 });
    await sleep(1);
    expect(queue.stats().waiting).toBe(1);
    controller.abort(REASON);
    await expect(run).rejects.toBe(REASON);
    expect(queue.stats().waiting).toBe(0);
  });
});

test("for await: a cancel holds at once, also over results that are there", async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const read = async (): Promise<void> => {
    const options = { signal: controller.signal, limit: 3 };
    for await (const n of mapConcurrent([0, 1, 2, 3], (n) => n, options)) {
      seen.push(n);
      if (n === 1) controller.abort(REASON);
    }
  };
  await expect(read()).rejects.toBe(REASON);
  expect(seen).toEqual([0, 1]);
});

test("a real error beats a cancel, before it and after it", async () => {
  await virtually(async () => {
    for (const failsFirst of [true, false]) {
      const bad = new Error("bad");
      const controller = new AbortController();
      const run = forEachConcurrent(
        [0, 1],
        async (n) => {
          await sleep(failsFirst ? 1 : 3);
          if (n === 0) throw bad;
          await sleep(5);
        },
        { signal: controller.signal, limit: 2 },
      );
      const outcome = run.catch((error: unknown) => error);
      await sleep(2);
      controller.abort(REASON);
      expect(await outcome).toMatchObject({ errors: [bad], indices: [0] });
    }
  });
});

test("cancelled before it settles, it rejects although every call gave its value", async () => {
  const controller = new AbortController();
  const run = mapConcurrent([1], () => controller.abort(REASON), {
    signal: controller.signal,
    limit: 1,
  });
  await expect(run.toArray()).rejects.toBe(REASON);
});

test("inside a group and a timeout, a map is cancelled with them", async () => {
  await virtually(async () => {
    const scoped = withTimeout(10, (scope) =>
      withTaskGroup(
        (group) =>
          forEachConcurrent([1, 2], (_, item) => sleep(Infinity, item), {
            signal: group.signal,
            limit: 2,
          }),
        scope,
      ),
    );
    await expect(scoped).rejects.toMatchObject({ code: "TIMEOUT" });
  });
});
