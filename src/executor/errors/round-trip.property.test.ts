import * as fc from "fast-check";
import { isDeepStrictEqual, types } from "node:util";
import { deserialize, serialize } from "node:v8";
import { expect, test } from "vitest";
import { TaskGroupError } from "../../core/index.js";
import { defineErrors } from "./define-errors.js";
import { packError } from "./pack-error.js";
import type { PackedError } from "./packed-error.js";
import { unpackError } from "./unpack-error.js";

class Registered extends TypeError {
  override name = "Registered";
}
class Inherited extends Registered {}
defineErrors({ PropertyRegistered: Registered, PropertyInherited: Inherited });

const CLASSES = [Error, RangeError, Registered, Inherited, AggregateError, TaskGroupError];
const BOUNDARIES: ((packed: PackedError) => PackedError)[] = [
  (packed) => structuredClone(packed),
  (packed) => deserialize(serialize(packed)) as PackedError,
  (packed) => JSON.parse(JSON.stringify(packed)) as PackedError,
];

const cloneable = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  withObjectString: true,
});
/** Without what no copy is equal to for the comparison of Node 20 and 22: a date that is none. */
const comparable = cloneable.filter((value) => isDeepStrictEqual(value, structuredClone(value)));
const key = fc.oneof(
  fc.string(),
  fc.constantFrom("code", "name", "__proto__", "constructor", "prototype", "stack", "then", "0"),
);
const node = fc.record({
  class: fc.nat({ max: CLASSES.length - 1 }),
  message: fc.string({ unit: "binary" }),
  fields: fc.array(fc.record({ key, value: comparable, enumerable: fc.boolean() }), {
    maxLength: 4,
  }),
  cause: fc.option(fc.nat()),
  errors: fc.array(fc.nat(), { maxLength: 3 }),
  hasStack: fc.boolean(),
});
type Node = typeof node extends fc.Arbitrary<infer T> ? T : never;

const defineField = (error: object, key: string, value: unknown, enumerable: boolean): void =>
  void Object.defineProperty(error, key, { value, enumerable, configurable: true, writable: true });

/** Errors that point at each other at random, cycles included. */
function build(nodes: readonly Node[]): Error {
  const errors = nodes.map(({ class: at, message }) =>
    Reflect.construct(Error, [message], CLASSES[at] as typeof Error),
  );
  const errorAt = (at: number): unknown => errors[at % errors.length];
  for (const [at, node] of nodes.entries()) {
    const error = errors[at] as Error;
    if (!node.hasStack) delete error.stack;
    if (node.cause !== null) defineField(error, "cause", errorAt(node.cause), false);
    if (node.errors.length > 0) defineField(error, "errors", node.errors.map(errorAt), false);
    for (const { key, value, enumerable } of node.fields)
      defineField(error, key, value, enumerable);
  }
  return errors[0] as Error;
}

/** Walks two graphs side by side and tells where they part: one object here must be one object there. */
function difference(
  before: unknown,
  after: unknown,
  twins: Map<unknown, unknown> = new Map(),
): string | undefined {
  if (twins.has(before)) return twins.get(before) === after ? undefined : ": another object";
  if (!types.isNativeError(before) && !Array.isArray(before)) {
    return isDeepStrictEqual(before, after) ? undefined : ": another value";
  }
  twins.set(before, after);
  if (types.isNativeError(before) !== types.isNativeError(after)) return ": another kind";
  if (Object.getPrototypeOf(before) !== Object.getPrototypeOf(after)) return ": another class";
  const fields = Object.getOwnPropertyDescriptors(before);
  const copies = Object.getOwnPropertyDescriptors(after as object);
  const keys = Object.keys(fields).toSorted(); // where the stack stands differs between engines
  if (!isDeepStrictEqual(keys, Object.keys(copies).toSorted())) return ": other fields";
  for (const key of keys) {
    if (fields[key]!.enumerable !== copies[key]!.enumerable) return `.${key}: enumerable or not`;
    const found = difference(Reflect.get(before, key), Reflect.get(after as object, key), twins);
    if (found !== undefined) return `.${key}${found}`;
  }
  return undefined;
}

test("errors keep class, message, fields, cause, errors, stack and identity over every boundary", () => {
  fc.assert(
    fc.property(fc.array(node, { minLength: 1, maxLength: 6 }), (nodes) => {
      const error = build(nodes);
      for (const carry of BOUNDARIES) {
        const copy = unpackError(carry(packError(error)), undefined);
        expect(difference(error, copy)).toBeUndefined();
      }
    }),
    { numRuns: 200 },
  );
});

test("what can be cloned arrives as structured clone has it", () => {
  fc.assert(
    fc.property(cloneable, (thrown) => {
      for (const carry of BOUNDARIES) {
        expect(unpackError(carry(packError(thrown)), undefined)).toStrictEqual(
          structuredClone(thrown),
        );
      }
    }),
    { numRuns: 200 },
  );
});

const TRAPS = Object.getOwnPropertyNames(Reflect) as (keyof ProxyHandler<object>)[];
const hostile = fc.record({
  target: fc.constantFrom<() => object>(
    () => new Error("in"),
    () => ({}),
    () => [],
    () => () => 1,
  ),
  traps: fc.subarray(TRAPS),
  behaviour: fc.constantFrom<() => unknown>(
    () => {
      throw undefined;
    },
    () => {
      throw hostileError();
    },
    () => Symbol("trap"),
    () => undefined,
  ),
});
function hostileError(): Error {
  return Object.defineProperty(new Error("x"), "message", {
    get: () => {
      throw hostileError();
    },
  });
}

test("packError never throws, and what it gives is JSON, whatever it is given", () => {
  const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true });
  // As functions, since the test's own tools would fall into the traps.
  const makers = fc.oneof(
    anything.map((value) => () => value),
    hostile.map(({ target, traps, behaviour }) => {
      const handler = Object.fromEntries(traps.map((trap) => [trap, behaviour]));
      return () => new Proxy(target(), handler);
    }),
  );
  const places: ((value: unknown) => unknown)[] = [
    (value) => value,
    (value) => [value, { value }],
    (value) => new Error("x", { cause: value }),
    (value) => Object.create(Object(value) as object),
    (value) => new Map([[value, hostileError()]]),
    (value) => Object.defineProperty(new Error("x"), "name", { get: () => value }),
  ];
  fc.assert(
    fc.property(makers, fc.constantFrom(...places), (make, put) => {
      const packed = packError(put(make()));
      expect(JSON.parse(JSON.stringify(packed))).toEqual(packed);
      expect(packed.thrown).not.toBe("unprintable"); // the last net, never needed
      unpackError(packed, undefined);
    }),
    { numRuns: 1_000 },
  );
});
