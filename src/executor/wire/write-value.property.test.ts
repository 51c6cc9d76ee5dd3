import * as fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { deserialize, serialize } from "node:v8";
import { describe, expect, test } from "vitest";
import { Batch } from "../process/batch.js";
import { HEAD_BYTES } from "./frame.js";
import { isPlain } from "./plain.js";
import { readValue } from "./read-value.js";
import { writeFrame } from "./write-value.js";

/** The value as it comes out at the other end, and whether it had to be cloned. */
function carry(value: unknown): { value: unknown; cloned: boolean } {
  let cloned = false;
  const batch = new Batch((other) => {
    cloned = true;
    return serialize(other);
  });
  batch.reserve(before); // so that it doesn't stand at 0
  expect(writeFrame(batch, 7, -5, 1 << 30, -(1 << 30), value, undefined)).toBe(true);
  const word = before >> 2;
  const [size, kindAndTag, ...head] = batch.words.subarray(word, word + HEAD_BYTES / 4);
  expect(size).toBe(batch.length - before);
  expect(size! % 8).toBe(0);
  expect(kindAndTag! & 0xff).toBe(7);
  expect(head.slice(0, 3)).toEqual([-5, 1 << 30, -(1 << 30)]);
  const read = readValue(batch, before, kindAndTag! >> 8, head[3]!, (bytes) =>
    deserialize(Buffer.from(bytes)),
  );
  return { value: read, cloned };
}
const before = 40;

/** Not `toStrictEqual`, which takes a key named `constructor` for the class. */
function sameAsClone(value: unknown, copy: unknown): boolean {
  return isDeepStrictEqual(copy, structuredClone(value));
}

const key = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("__proto__", "constructor", "toString", "length", "0", "then"),
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
    withUnicodeString: true,
  })
  .filter((value) => isDeepStrictEqual(value, structuredClone(value)));
const json = fc.jsonValue({ noUnicodeString: false }).filter((value) => value !== undefined);

describe("a value comes out as a structured clone would have it", () => {
  test.each<[string, fc.Arbitrary<unknown>]>([
    ["whatever can be cloned", cloneable],
    ["whatever is JSON", json],
    ["numbers", fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, NaN, 2 ** 31, -(2 ** 31)))],
    ["strings, lone surrogates included", fc.string({ unit: "binary", size: "medium" })],
    ["strings of 16-bit units", fc.array(fc.nat(0xffff)).map((u) => String.fromCharCode(...u))],
  ])("%s", (_, values) => {
    fc.assert(
      fc.property(values, (value) => {
        expect(sameAsClone(value, carry(value).value)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("strings of every kind and length go without a clone", () => {
    for (const length of [1, 7, 8, 9, 100_000]) {
      for (const unit of ["a", "é", "\ud800"]) {
        const text = unit.repeat(length);
        expect(carry(text)).toEqual({ value: text, cloned: false });
      }
    }
  });
});

test("what is plain is not cloned, and loses nothing", () => {
  fc.assert(
    fc.property(cloneable, (value) => {
      fc.pre(typeof value === "object" && value !== null && isPlain(value));
      const carried = carry(value);
      expect(carried.cloned).toBe(false);
      expect(sameAsClone(value, carried.value)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

describe("bytes go as they are", () => {
  const source = Uint8Array.from({ length: 3000 }, (_, i) => i);

  test.each([
    ArrayBuffer,
    Uint8Array,
    Int8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  ])("%o, few and many", (Class) => {
    for (const length of [8, 24, 2048, 2400]) {
      const { buffer } = source.slice(0, length);
      const value = Class === ArrayBuffer ? buffer : new (Class as typeof Uint8Array)(buffer);
      const carried = carry(value);
      expect(carried.cloned).toBe(false);
      expect(Object.getPrototypeOf(carried.value)).toBe(Class.prototype);
      expect(carried.value).toEqual(value);
    }
  });

  test("a view brings its own, and nothing of what lies around it", () => {
    const { value, cloned } = carry(source.subarray(8, 16)) as {
      value: Uint8Array;
      cloned: boolean;
    };
    expect(cloned).toBe(false);
    expect([value.byteOffset, value.buffer.byteLength]).toEqual([0, 8]);
    expect([...value]).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
    const fromPool = carry(Buffer.from("text")).value as Uint8Array;
    expect(Object.getPrototypeOf(fromPool)).toBe(Uint8Array.prototype);
    expect([Buffer.from(fromPool).toString(), fromPool.buffer.byteLength]).toEqual(["text", 4]);
  });

  test("what only looks like them, or may be gone, is left to the clone", () => {
    const moved = new ArrayBuffer(8);
    structuredClone(moved, { transfer: [moved] });
    const resizable = Reflect.construct(ArrayBuffer, [8, { maxByteLength: 16 }]) as ArrayBuffer;
    expect(() => carry(moved)).toThrow(/could not be cloned|detached/);
    expect(carry(resizable).cloned).toBe(true);
    expect(carry(new Uint8Array(resizable)).cloned).toBe(true);
    expect(carry(new DataView(new ArrayBuffer(8))).cloned).toBe(true);
    expect(carry(Object.create(ArrayBuffer.prototype)).cloned).toBe(true);
    expect(carry(Object.create(Uint8Array.prototype)).cloned).toBe(true);
    expect(carry(Object.create(DataView.prototype)).cloned).toBe(true);
  });

  test("what an array says of itself in fields of its own is not asked", () => {
    class Liar extends Uint8Array {
      override get byteLength(): number {
        return 1 << 20;
      }
      override get buffer(): ArrayBuffer {
        return new ArrayBuffer(0);
      }
    }
    const { value, cloned } = carry(Liar.of(1, 2, 3));
    expect(cloned).toBe(false);
    expect(value).toEqual(Uint8Array.of(1, 2, 3));
  });
});

test("a key named __proto__ is a key like others, and reaches no prototype", () => {
  const { value } = carry(JSON.parse('{"__proto__":{"polluted":true},"a":{"__proto__":[]}}'));
  expect(Object.keys(value as object)).toEqual(["__proto__", "a"]);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("what can't be cloned throws, and nothing is written", () => {
  const batch = new Batch(serialize);
  for (const value of [() => {}, Symbol("s"), { a: () => {} }, new Proxy(new Map(), {})]) {
    expect(() => writeFrame(batch, 1, 0, 0, 0, value, undefined)).toThrow(/could not be cloned/);
  }
  expect(batch.length).toBe(0);
});
