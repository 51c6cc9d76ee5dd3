import * as fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { type PairEnd, RingPair } from "./ring-pair.js";

const pairs: RingPair[] = [];
afterEach(() => pairs.splice(0).forEach((pair) => pair.close()));

function openPair(bytes: number): [here: PairEnd, there: PairEnd] {
  const pair = new RingPair(bytes);
  pairs.push(pair);
  return [pair.here, pair.there];
}

const KINDS_OF_VALUES: unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  -1,
  2 ** 31 - 1,
  -(2 ** 31),
  2 ** 31,
  0.5,
  -0,
  NaN,
  Infinity,
  "",
  "ascii",
  "höher",
  "\ud800 alone",
  { plain: [1, "two", { three: null }] },
  { ü: "𝄞" },
  Object.assign([], { 1: "behind a hole" }),
  { undefined: undefined },
  10n ** 30n,
  /clone/g,
  new Map([[1, new Set([2])]]),
  new Uint8Array([1, 2, 3]),
  "x".repeat(2000), // more than the ring holds
  { long: "y".repeat(2000) },
];

test("values of every kind come as a clone would have them, in order", async () => {
  const [here, there] = openPair(1024);
  for (const [seq, value] of KINDS_OF_VALUES.entries())
    here.link.send(3, seq, ~seq, seq * 2, value);
  await there.until(KINDS_OF_VALUES.length);
  expect(there.frames).toStrictEqual(
    KINDS_OF_VALUES.map((value, seq) => [3, seq, ~seq, seq * 2, structuredClone(value)]),
  );
});

test("frames that find no room are held, and keep their place among clones and small ones", async () => {
  const value = fc.oneof(
    fc.integer(),
    fc.double(),
    fc.string({ maxLength: 100 }),
    fc.integer().map((n) => new Map([[n, n]])),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 300 }), async (values) => {
      const [here, there] = openPair(512);
      for (const [seq, value] of values.entries()) here.link.send(3, seq, 0, 0, value);
      await there.until(values.length);
      expect(there.values).toStrictEqual(values);
    }),
    { numRuns: 30 },
  );
});

test("two ends that both have more to say than the rings hold come to an end", async () => {
  const [here, there] = openPair(512);
  const values = Array.from({ length: 500 }, (_, i) =>
    i % 7 === 0 ? [new Set([i])] : `frame ${i}`,
  );
  for (const value of values) {
    here.link.send(1, 0, 0, 0, value);
    there.link.send(2, 0, 0, 0, value);
  }
  await Promise.all([here.until(values.length), there.until(values.length)]);
  expect(here.values).toStrictEqual(values);
  expect(there.values).toStrictEqual(values);
});

test("what is long, or has become much, can be read before the turn of its sender ends", () => {
  const [here, there] = openPair(4096);
  here.link.send(1, 0, 0, 0, "short");
  expect(there.link.ready).toBe(false);
  here.link.send(1, 1, 0, 0, "long".repeat(100));
  expect(there.link.ready).toBe(true);
  there.link.drain();
  let sent = 0;
  for (; !there.link.ready; sent += 1) here.link.send(1, 2, 0, 0, sent);
  expect(sent).toBeGreaterThan(1);
  there.link.drain();
  expect(there.frames).toHaveLength(2 + sent);
});

test("each value is a clone of its own: an object that is sent twice arrives as two", async () => {
  const [here, there] = openPair(1024);
  const shared = { items: new Set([1]) };
  here.link.send(1, 1, 0, 0, shared);
  here.link.send(1, 2, 0, 0, shared);
  await there.until(2);
  const [first, second] = there.values as { items: Set<number> }[];
  expect(first).toStrictEqual(second);
  expect(first!.items).not.toBe(second!.items);
});

test("what is transferred has gone from here and is there whole", async () => {
  const [here, there] = openPair(1024);
  const buffer = new Uint8Array([1, 2, 3]).buffer;
  here.link.send(1, 1, 0, 0, buffer, [buffer]);
  await there.until(1);
  expect(buffer.byteLength).toBe(0);
  expect(new Uint8Array(there.values[0] as ArrayBuffer)).toEqual(new Uint8Array([1, 2, 3]));
});

test.each([
  ["at once", 0],
  ["when it was held", 100],
])(
  "a value that can't be cloned is told to its sender %s, and the next ones come",
  async (_, before) => {
    const [here, there] = openPair(512);
    for (let seq = 0; seq < before; seq += 1) here.link.send(3, seq, 0, 0, "before");
    here.link.send(3, before, 0, 0, () => {});
    here.link.send(3, before + 1, 0, 0, "after");
    await there.until(before + 1);
    expect(here.unsendable).toEqual([[3, before]]);
    expect(there.values.at(-1)).toBe("after");
  },
);

test("each frame goes once, also if one that was held can't be cloned and many others are sent then", async () => {
  const [here, there] = openPair(512);
  const count = 200;
  here.onUnsendable = (seq) => here.link.send(4, seq, 0, 0, "instead");
  for (let seq = 0; seq < count; seq += 1) here.link.send(3, seq, 0, 0, "held");
  for (let seq = 0; seq < count; seq += 1) here.link.send(3, seq, 0, 0, () => {});
  await there.until(2 * count);
  const bySeq = (kind: number): number[] =>
    there.frames.filter((frame) => frame[0] === kind).map((frame) => frame[1]);
  const once = Array.from({ length: count }, (_, seq) => seq);
  expect(bySeq(3)).toEqual(once);
  expect(bySeq(4)).toEqual(once);
});

test("a long frame finds its way after a skip that no frame followed", async () => {
  const [here, there] = openPair(1 << 20);
  here.link.send(3, 0, 0, 0, "x".repeat(1 << 16));
  await there.until(1);
  here.link.send(3, 1, 0, 0, () => {});
  here.link.flush();
  here.link.send(3, 2, 0, 0, "y".repeat(200_000));
  await there.until(2);
  expect(there.values[1]).toHaveLength(200_000);
});
