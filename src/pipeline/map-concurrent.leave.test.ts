import { expect, test } from "vitest";
import { Queue } from "../queue/index.js";
import { sleep } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { mapConcurrent } from "./index.js";

const virtually = (main: () => Promise<void>): Promise<void> => new VirtualHost().run(main);

/** A source that tells what becomes of it. */
async function* told(log: string[]): AsyncGenerator<number> {
  try {
    for (let n = 0; ; n += 1) {
      log.push(`gives ${n}`);
      yield n;
    }
  } finally {
    await sleep(5);
    log.push("closed");
  }
}

test("leaving the loop cancels the running calls, joins them and closes the source", async () => {
  const log: string[] = [];
  await virtually(async () => {
    const slow = async (n: number, scope: { signal: AbortSignal }): Promise<number> => {
      if (n === 0) return n;
      await sleep(Infinity, { signal: scope.signal }).catch(() => {});
      await sleep(10);
      log.push(`${n} ended`);
      return n;
    };
    for await (const _ of mapConcurrent(told(log), slow, { limit: 2 })) {
      await sleep(1);
      log.push("leaving");
      break;
    }
    log.push("left");
    await sleep(1_000);
  });
  const since = log.slice(log.indexOf("leaving") + 1);
  expect(since).toEqual(["closed", "1 ended", "2 ended", "left"]);
});

test("leaving by an error cancels too, and the error of the loop stays what it is", async () => {
  await virtually(async () => {
    const mine = new Error("mine");
    const log: string[] = [];
    const read = async (): Promise<void> => {
      for await (const _ of mapConcurrent(told(log), (n) => n, { limit: 2 })) throw mine;
    };
    await expect(read()).rejects.toBe(mine);
    expect(log.at(-1)).toBe("closed");
  });
});

test("a call that fails for real while the loop is left is told of; one that was only cancelled is not", async () => {
  await virtually(async () => {
    const cleanup = new Error("cleanup failed");
    const leave = async (fails: boolean): Promise<void> => {
      const slow = async (n: number, scope: { signal: AbortSignal }): Promise<void> => {
        if (n === 0) return;
        await sleep(Infinity, { signal: scope.signal }).catch((reason) => {
          throw fails ? cleanup : reason;
        });
      };
      for await (const _ of mapConcurrent([0, 1, 2], slow, { limit: 2 })) break;
    };
    await leave(false);
    await expect(leave(true)).rejects.toMatchObject({ errors: [cleanup], indices: [1] });
  });
});

test("leaving ends the wait for a queue that nobody closes", async () => {
  await virtually(async () => {
    const queue = new Queue<number>({ capacity: 2 });
    await queue.put(1);
    for await (const _ of mapConcurrent(queue, (n) => n, { limit: 5 })) break;
    expect(queue.stats()).toMatchObject({ waiting: 0, closed: false });
  });
});

test("return() before the first step closes a source that was never pulled", async () => {
  const log: string[] = [];
  const source = {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.reject(new Error("pulled")),
      return: async () => {
        log.push("closed");
        return { done: true as const, value: undefined };
      },
    }),
  };
  const reader = mapConcurrent(source, () => {}, { limit: 2 })[Symbol.asyncIterator]();
  expect(await reader.return?.()).toEqual({ done: true, value: undefined });
  expect(log).toEqual(["closed"]);
  expect(await reader.next()).toEqual({ done: true, value: undefined });
});

test("a step that waits while the results are left gets the end", async () => {
  await virtually(async () => {
    const queue = new Queue<number>({ capacity: 2 });
    const reader = mapConcurrent(queue, (n) => n, { limit: 2 })[Symbol.asyncIterator]();
    const steps = [reader.next(), reader.next()];
    await sleep(1);
    await reader.return?.();
    for (const step of steps) expect(await step).toEqual({ done: true, value: undefined });
  });
});

test("leaving twice, and leaving after the end, do nothing more", async () => {
  let closed = 0;
  function* source(): Generator<number> {
    try {
      yield* [1, 2, 3];
    } finally {
      closed += 1;
    }
  }
  const left = mapConcurrent(source(), (n) => n, { limit: 1 })[Symbol.asyncIterator]();
  await left.next();
  await Promise.all([left.return?.(), left.return?.()]);
  await left.return?.();
  expect(closed).toBe(1);
  const ended = mapConcurrent(source(), (n) => n, { limit: 9 })[Symbol.asyncIterator]();
  for (let i = 0; i < 4; i += 1) await ended.next();
  await ended.return?.();
  expect(closed).toBe(2);
});
