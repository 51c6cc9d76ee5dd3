import { expect, test } from "vitest";
import { sleep } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { forEachConcurrent, mapConcurrent } from "./index.js";

function* numbers(count = Infinity, pulled: number[] = []): Generator<number> {
  for (let n = 0; n < count; n += 1) {
    pulled.push(n);
    yield n;
  }
}

test.each([1, 2, 7, 100])(
  "at most %i calls run at once, and as many as the limit allows",
  async (limit) => {
    let running = 0;
    let most = 0;
    await new VirtualHost().run(() =>
      forEachConcurrent(
        numbers(50),
        async (n) => {
          running += 1;
          most = Math.max(most, running);
          await sleep(1 + (n % 3));
          running -= 1;
        },
        { limit },
      ),
    );
    expect([most, running]).toEqual([Math.min(limit, 50), 0]);
  },
);

test("limit Infinity starts everything at once", async () => {
  const host = new VirtualHost();
  const results = await host.run(() =>
    mapConcurrent(numbers(1_000), () => sleep(10), { limit: Infinity }).toArray(),
  );
  expect([results.length, host.nowMs()]).toEqual([1_000, 10]);
});

test("a permit that is free is used at once: no call waits for a slower one", async () => {
  const host = new VirtualHost();
  await host.run(() => forEachConcurrent([30, 10, 10, 10], (ms) => sleep(ms), { limit: 2 }));
  expect(host.nowMs()).toBe(30);
});

test("results stand in the order of the source, whatever the calls take", async () => {
  const took = [30, 10, 20, 0, 5];
  const map = (options: { ordered?: boolean }) =>
    mapConcurrent(
      took,
      async (ms) => {
        await sleep(ms);
        return ms;
      },
      { limit: 5, ...options },
    );
  const read = async (results: AsyncIterable<number>): Promise<number[]> => {
    const seen: number[] = [];
    for await (const result of results) seen.push(result);
    return seen;
  };
  await new VirtualHost().run(async () => {
    expect(await map({}).toArray()).toEqual(took);
    expect(await read(map({}))).toEqual(took);
    expect(await map({ ordered: false }).toArray()).toEqual([0, 5, 10, 20, 30]);
    expect(await read(map({ ordered: false }))).toEqual([0, 5, 10, 20, 30]);
  });
});

test("each call is told the place of its item in the source", async () => {
  const places = await mapConcurrent(["a", "b", "c"], (item, { index }) => `${index}${item}`, {
    limit: 2,
  }).toArray();
  expect(places).toEqual(["0a", "1b", "2c"]);
});

test("a function may be synchronous, and undefined, null and false are results like others", async () => {
  const values = [undefined, null, false, 0, ""];
  for (const ordered of [true, false]) {
    const map = () => mapConcurrent(values, (value) => value, { limit: 2, ordered });
    expect(await map().toArray()).toEqual(values);
    const seen: unknown[] = [];
    for await (const value of map()) seen.push(value);
    expect(seen).toEqual(values);
  }
});

test("no item, no result", async () => {
  const never = (): never => expect.fail("called");
  expect(await mapConcurrent([], never, { limit: 3 }).toArray()).toEqual([]);
  for await (const _ of mapConcurrent(numbers(0), never, { limit: 3 })) never();
  await forEachConcurrent(new Set(), never, { limit: 3 });
});

test("nothing is pulled and nothing runs before the results are read", async () => {
  const pulled: number[] = [];
  let calls = 0;
  const results = mapConcurrent(numbers(3, pulled), () => (calls += 1), { limit: 2 });
  results[Symbol.asyncIterator]();
  await new VirtualHost().run(() => sleep(1));
  expect([pulled, calls]).toEqual([[], 0]);
});

test("an item is pulled only when a call can start", async () => {
  const pulled: number[] = [];
  await new VirtualHost().run(async () => {
    const run = forEachConcurrent(numbers(10, pulled), () => sleep(10), { limit: 3 });
    await sleep(5);
    expect(pulled).toEqual([0, 1, 2]);
    await sleep(10);
    expect(pulled).toEqual([0, 1, 2, 3, 4, 5]);
    await run;
  });
});

test.each([true, false])(
  "for await works ahead of its reader by at most 2 * limit items (ordered: %s)",
  async (ordered) => {
    const limit = 3;
    const pulled: number[] = [];
    await new VirtualHost().run(async () => {
      let read = 0;
      for await (const _ of mapConcurrent(numbers(Infinity, pulled), (n) => sleep(n % 4), {
        limit,
        ordered,
      })) {
        read += 1;
        await sleep(100);
        expect(pulled.length).toBe(read + 2 * limit);
        if (read === 20) break;
      }
    });
  },
);

test("a slow first item holds the ordered results back, but not more than 2 * limit items", async () => {
  const pulled: number[] = [];
  await new VirtualHost().run(async () => {
    const results = mapConcurrent(numbers(100, pulled), (n) => sleep(n === 0 ? 1_000 : 1), {
      limit: 4,
    })[Symbol.asyncIterator]();
    const first = results.next();
    await sleep(500);
    expect(pulled.length).toBe(8);
    await first;
    await results.return?.();
  });
});

test("results can be read once: a second reader is told so", async () => {
  const results = mapConcurrent([1], (n) => n, { limit: 1 });
  expect(await results.toArray()).toEqual([1]);
  for (const again of [() => results.toArray(), () => results[Symbol.asyncIterator]()]) {
    expect(again).toThrow(expect.objectContaining({ code: "CLOSED" }) as Error);
  }
});

test("after the end, next() says so again and again", async () => {
  const results = mapConcurrent([1], (n) => n, { limit: 1 })[Symbol.asyncIterator]();
  expect(await results.next()).toEqual({ done: false, value: 1 });
  for (let i = 0; i < 3; i += 1)
    expect(await results.next()).toEqual({ done: true, value: undefined });
  expect(await results.return?.()).toEqual({ done: true, value: undefined });
});

test("steps that overlap get one result each, in order, and then the end", async () => {
  await new VirtualHost().run(async () => {
    const results = mapConcurrent(numbers(3), (n) => sleep(10 - n).then(() => n), { limit: 3 });
    const reader = results[Symbol.asyncIterator]();
    const steps = await Promise.all(Array.from({ length: 5 }, () => reader.next()));
    expect(steps.map(({ value }) => value)).toEqual([0, 1, 2, undefined, undefined]);
    expect(steps.map(({ done }) => done)).toEqual([false, false, false, true, true]);
  });
});
