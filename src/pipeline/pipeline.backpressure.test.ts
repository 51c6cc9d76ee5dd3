import { expect, test } from "vitest";
import { sleep } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { pipeline, type Pipeline } from "./index.js";

/** Counts what goes in and what has come out: the difference is what the steps hold. */
class Meter {
  into = 0;
  out = 0;
  most = 0;

  *source(): Generator<number> {
    for (;;) {
      this.into += 1;
      this.most = Math.max(this.most, this.into - this.out);
      yield this.into;
    }
  }
}

/** What each step may hold: its running calls and as many results; what only hands on holds one item. */
const CHAINS: [string, (from: Pipeline<number>) => Pipeline<unknown>, number][] = [
  ["no step", (from) => from, 0],
  ["a map of limit 1", (from) => from.map((n) => n), 2],
  ["a map of limit 5", (from) => from.map((n) => n, { limit: 5 }), 10],
  ["an unordered map", (from) => from.map((n) => n, { limit: 5, ordered: false }), 10],
  [
    "three maps",
    (from) =>
      from
        .map((n) => n, { limit: 2 })
        .tap(() => {})
        .map((n) => n, { limit: 3 }),
    4 + 2 + 6,
  ],
  ["a flatMap", (from) => from.flatMap((n) => [n]), 1],
  ["a flatMap after a map", (from) => from.map((n) => n, { limit: 3 }).flatMap((n) => [n]), 6 + 1],
];

test.each(CHAINS)(
  "a slow end holds the source back: %s works ahead by its limits, no further",
  async (_, chain, holds) => {
    const limit = 2;
    const meter = new Meter();
    const stop = new Error("enough");
    await new VirtualHost().run(async () => {
      const run = chain(pipeline(meter.source())).forEach(
        async () => {
          await sleep(100);
          meter.out += 1;
          if (meter.out === 50) throw stop;
        },
        { limit },
      );
      await expect(run).rejects.toMatchObject({ errors: [stop] });
    });
    expect(meter.most).toBeLessThanOrEqual(holds + limit);
    expect(meter.most).toBeGreaterThan(limit > holds ? 0 : holds);
  },
);

test("a batch holds one batch, and what was pulled for the next", async () => {
  const meter = new Meter();
  await new VirtualHost().run(async () => {
    for await (const batch of pipeline(meter.source()).batch(10)) {
      await sleep(100);
      meter.out += batch.length;
      if (meter.out > 200) break;
    }
  });
  expect(meter.most).toBe(10);
});

test("a flatMap pulls the next item only when the last result of the one before is wanted", async () => {
  const meter = new Meter();
  for await (const n of pipeline(meter.source()).flatMap((n) =>
    Array.from({ length: 100 }, () => n),
  )) {
    expect(meter.into).toBe(n);
    if (n === 3) break;
  }
});

test("a reader that stops reading stops the source", async () => {
  const meter = new Meter();
  await new VirtualHost().run(async () => {
    const steps = pipeline(meter.source())
      .map((n) => n, { limit: 4 })
      .filter(() => true, { limit: 2 });
    const reader = steps[Symbol.asyncIterator]();
    await reader.next();
    await sleep(1_000);
    const held = meter.into;
    await sleep(1_000);
    expect(meter.into).toBe(held);
    expect(held).toBeLessThanOrEqual(1 + 8 + 4);
    await reader.return?.();
  });
});

test("a source that is slow keeps nobody busy: calls start when their item comes", async () => {
  const started: number[] = [];
  const virtual = new VirtualHost();
  async function* ticks(): AsyncGenerator<number> {
    for (let n = 1; n <= 3; n += 1) {
      await sleep(100);
      yield n;
    }
  }
  await virtual.run(() =>
    pipeline(ticks())
      .map((n) => n, { limit: 8 })
      .flatMap((n) => [n])
      .forEach(() => void started.push(virtual.nowMs()), { limit: 8 }),
  );
  expect(started).toEqual([100, 200, 300]);
});
