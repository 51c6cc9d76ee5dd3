import * as fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import {
  frameText,
  KIND,
  packValue,
  packValues,
  readControl,
  readFrames,
  readParcel,
  readSentControl,
  unpackValue,
  unpackValues,
} from "./index.js";

const key = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("__proto__", "constructor", "prototype", "toString", "then", "toJSON"),
);
// Without what no copy is equal to for Node's comparison: a date that is none.
const cloneable = fc
  .anything({
    key,
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
    withNullPrototype: true,
  })
  .filter((value) => isDeepStrictEqual(value, structuredClone(value)));

/** As they come out of Redis: as JSON in a job, or in an entry of a stream. */
const throughRedis = (packed: string): unknown => JSON.parse(JSON.stringify(packed));

test("a value comes out as a structured clone would have it", () => {
  fc.assert(
    fc.property(cloneable, (value) => {
      const copy = unpackValue(throughRedis(packValue(value)));
      expect(isDeepStrictEqual(copy, structuredClone(value))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("the values of a chunk come out each by itself", () => {
  fc.assert(
    fc.property(fc.array(cloneable), (values) => {
      const copies = unpackValues(throughRedis(packValues([...values, ...values])));
      expect(
        isDeepStrictEqual(copies, structuredClone([...values]).concat(structuredClone(values))),
      ).toBe(true);
      const isObject = (value: unknown): boolean => Object(value) === value;
      const shared = copies.filter((copy, i) => isObject(copy) && copies.indexOf(copy) !== i);
      expect(shared).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test("what can't be cloned throws", () => {
  for (const value of [() => 1, Symbol("s"), { f: () => 1 }, new WeakMap(), Promise.resolve()])
    expect(() => packValue(value)).toThrow(/could not be cloned/);
});

const bytes = fc.string({ unit: "binary", maxLength: 200 });
const base64 = fc.uint8Array({ maxLength: 300 }).map((raw) => Buffer.from(raw).toString("base64"));
/** The head of a clone, and lengths that promise more than there is. */
const lyingClone = fc
  .tuple(
    fc.constantFrom(0x41, 0x61, 0x6f, 0x3b, 0x27, 0x42, 0x56, 0x22, 0x63, 0x5c),
    fc.uint8Array({ maxLength: 40 }),
  )
  .map(([tag, rest]) =>
    Buffer.from([0xff, 0x0f, tag, 0xff, 0xff, 0xff, 0xff, 0x0f, ...rest]).toString("base64"),
  );

/** Texts that were right, with a piece of them changed. */
const damaged = (right: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(right, fc.nat(), fc.nat(20), bytes).map(([text, at, length, other]) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + other.slice(0, 20) + text.slice(start + length);
  });

const parcel = cloneable.map((value) =>
  JSON.stringify({ v: 1, s: "me", runs: [{ n: 1, t: "echo", i: packValue(value), u: 3, c: 16 }] }),
);
const frames = cloneable.map((value) =>
  frameText([
    { kind: KIND.item, n: 1, d: "x", at: 0, packed: packValue(value) },
    { kind: KIND.done, n: 1, averageUs: 3, packed: packValue(value) },
  ]),
);
const orders = fc.jsonValue().map((value) => JSON.stringify({ s: "me", n: 1, control: value }));

/** What came of reading it: that it was read, or the code of the error; and what all objects have now. */
function outcome(read: () => unknown): [result: unknown, ...polluted: string[]] {
  const polluted = (): string[] => Object.keys(Object.prototype);
  try {
    read();
    return ["read", ...polluted()];
  } catch (error) {
    return [(error as { code?: unknown }).code ?? error, ...polluted()];
  }
}

const RIGHT = [["read"], ["NOT_CLONEABLE"]];

describe("whatever stands in Redis is data, or is refused", () => {
  test.each<[string, fc.Arbitrary<string>, (text: string) => unknown]>([
    [
      "values",
      fc.oneof(
        bytes,
        base64.map((text) => `v${text}`),
        bytes.map((text) => `j${text}`),
      ),
      unpackValue,
    ],
    ["clones with lengths that lie", lyingClone.map((text) => `v${text}`), unpackValue],
    ["damaged values", damaged(cloneable.map(packValue)), unpackValue],
    ["damaged chunks", damaged(fc.array(cloneable).map(packValues)), unpackValues],
    ["replies", fc.oneof(bytes, fc.json(), damaged(frames)), readFrames],
    ["orders", fc.oneof(bytes, fc.json()), readControl],
    ["published orders", fc.oneof(bytes, fc.json(), damaged(orders)), readSentControl],
  ])("%s", (_, texts, read) => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(RIGHT).toContainEqual(outcome(() => read(text)));
      }),
      { numRuns: 500 },
    );
  });

  test("jobs", () => {
    const json = fc.oneof(fc.jsonValue(), damaged(parcel).map(parsed));
    fc.assert(
      fc.property(json, (data) => {
        expect(RIGHT).toContainEqual(outcome(() => readParcel(data)));
      }),
      { numRuns: 500 },
    );
  });

  test("a parcel reads back as it was, and no field of it comes from a prototype", () => {
    const evil =
      '{"v":1,"s":"me","runs":[{"n":1,"t":"a","i":"u","__proto__":{"u":9,"polluted":1}}]}';
    expect(readParcel(JSON.parse(evil))).toEqual({
      v: 1,
      s: "me",
      runs: [{ n: 1, t: "a", i: "u" }],
    });
  });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
