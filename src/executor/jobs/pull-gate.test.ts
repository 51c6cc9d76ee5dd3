import { expect, test } from "vitest";
import { sleep } from "../../task/index.js";
import type { AnyTask } from "../tasks/index.js";
import { type MapPlace, mapOn } from "./executor-map.js";

const double = ((n: number) => 2 * n) as unknown as AnyTask;
const WINDOW = 2;
/** So many are ahead of the reader at most, by sixteen windows; and one is in the hand of whoever pulls. */
const MOST = 16 * WINDOW + 1;

/** A place that has done each item in no time, and whose window may change. */
class QuickPlace implements MapPlace {
  readonly concurrency = WINDOW;
  window = WINDOW;
  chunk: number | undefined;

  runItem(_: AnyTask, input: unknown, units: number): PromiseLike<unknown> {
    const { values } = input as { values: number[] };
    return Promise.resolve(units === 1 ? 2 * (input as number) : values.map((n) => 2 * n));
  }

  chunkSizeFor(): number | undefined {
    return this.chunk;
  }
}

class Endless implements Iterable<number> {
  pulled = 0;
  isClosed = false;

  *[Symbol.iterator](): Generator<number> {
    try {
      for (;;) yield (this.pulled += 1);
    } finally {
      this.isClosed = true;
    }
  }
}

async function manyTurns(): Promise<void> {
  for (let i = 0; i < 300; i += 1) await sleep(0);
}

test.each([undefined, 5])(
  "a map goes no further ahead of its reader than that (chunks: %s)",
  async (chunk) => {
    const place = new QuickPlace();
    place.chunk = chunk;
    const source = new Endless();
    const reader = mapOn(place, double, source, {})[Symbol.asyncIterator]();
    expect(await reader.next()).toEqual({ done: false, value: 2 });
    await manyTurns();
    expect(source.pulled).toBeGreaterThan(WINDOW);
    expect(source.pulled).toBeLessThanOrEqual((MOST + 1) * (chunk ?? 1));
    for (let n = 2; n <= 1_000; n += 1) expect((await reader.next()).value).toBe(2 * n);
    await manyTurns();
    await reader.return?.();
    expect(source.isClosed).toBe(true);
  },
);

test("whoever wants all of them gets them, however many windows they are", async () => {
  const inputs = Array.from({ length: 1_000 }, (_, i) => i);
  const outputs = await mapOn(new QuickPlace(), double, inputs, {}).toArray();
  expect(outputs).toEqual(inputs.map((n) => 2 * n));
});
