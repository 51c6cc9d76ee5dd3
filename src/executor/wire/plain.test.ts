import { expect, test } from "vitest";
import { isPlain } from "./plain.js";

const nested = (depth: number): object => (depth === 0 ? {} : { in: nested(depth - 1) });
const shared = { one: 1 };
const loop: { self?: object } = {};
loop.self = loop;

test.each<[string, object]>([
  ["nothing in it", {}],
  ["an empty array", []],
  ["what JSON has", { text: "t", number: 1.5, yes: true, no: null, list: [1, "2", [3]] }],
  ["no prototype", Object.assign(Object.create(null) as object, { a: 1 })],
  ["lone surrogates", { "\ud800": "\udc00" }],
  ["an own __proto__", JSON.parse('{"__proto__":{"a":1}}') as object],
  ["numbers for names", { 2: "b", 1: "a" }],
  ["symbols, which no clone keeps", { [Symbol("s")]: 1, a: 1 }],
  ["what is not enumerable, which no clone keeps", Object.defineProperty({}, "a", { value: NaN })],
  ["a getter", Object.defineProperty({}, "a", { get: () => 1, enumerable: true })],
  ["being frozen", Object.freeze({ a: 1 })],
])("plain: %s", (_, value) => {
  expect(isPlain(value)).toBe(true);
  expect(JSON.parse(JSON.stringify(value))).toStrictEqual(structuredClone(value));
});

test.each<[string, object]>([
  ["NaN", { a: NaN }],
  ["an infinity", [Infinity]],
  ["-0", [-0]],
  ["undefined", { a: undefined }],
  ["a bigint", [1n]],
  ["a symbol", [Symbol("s")]],
  ["a function", { a: () => {} }],
  ["a toJSON of its own", { toJSON: () => 1 }],
  [
    "a class",
    new (class A {
      a = 1;
    })(),
  ],
  ["a regular expression", /a/],
  ["a Map inside", { a: new Map() }],
  ["bytes", new Uint8Array(1)],
  ["a boxed number", [Object(1)]],
  ["a hole", Object.assign([], { 1: 1 })],
  ["a hole, and a name that makes up for it", Object.assign([], { 1: 1, a: 1 })],
  ["a toJSON that nobody sees", Object.defineProperty({}, "toJSON", { value: () => 1 })],
  ["an array with such", Object.defineProperty([], "toJSON", { value: () => 1 })],
  ["names beside the numbers", Object.assign([1], { a: 1 })],
  ["an array of a class of its own", new (class A extends Array {})()],
  ["an object twice", [shared, shared]],
  ["itself", loop],
  ["a getter that throws", Object.defineProperty({}, "a", { get: fail, enumerable: true })],
  ["too deep", nested(20)],
  ["too much", Array.from({ length: 300 }, () => 0)],
  ["too many names", Object.fromEntries(Array.from({ length: 300 }, (_, i) => [i, 0]))],
])("not plain: %s", (_, value) => expect(isPlain(value)).toBe(false));

function fail(): never {
  throw new Error("getter");
}
