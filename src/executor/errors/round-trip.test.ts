import { types } from "node:util";
import { deserialize, serialize } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { CancelledError, TaskGroupError, TimeoutError } from "../../core/index.js";
import { packError } from "./pack-error.js";
import { unpackError } from "./unpack-error.js";

const across = <T>(thrown: T): T => {
  const packed = structuredClone(packError(thrown));
  expect(JSON.parse(JSON.stringify(packed))).toEqual(packed); // it is JSON, whatever was thrown
  expect(deserialize(serialize(packed))).toEqual(packed);
  return unpackError(packed, undefined) as T;
};
const hidden = (error: object): string[] =>
  Object.getOwnPropertyNames(error).filter((key) => !Object.keys(error).includes(key));

test.each([Error, TypeError, RangeError, SyntaxError, ReferenceError, URIError, EvalError])(
  "%o keeps class, message, stack and cause",
  (Class) => {
    const error = new Class("boom", { cause: new Class("root") });
    const copy = across(error);
    expect(Object.getPrototypeOf(copy)).toBe(Class.prototype);
    expect(types.isNativeError(copy)).toBe(true);
    expect([copy.name, copy.message, copy.stack]).toEqual([Class.name, "boom", error.stack]);
    expect(copy.cause).toEqual(error.cause);
    expect(Object.keys(copy)).toEqual([]);
    expect(hidden(copy).toSorted()).toEqual(["cause", "message", "stack"]);
  },
);

test("errors of weftwork keep class, name, code and what is in them", () => {
  const cancelled = across(new CancelledError("stop"));
  expect(cancelled).toBeInstanceOf(CancelledError);
  expect([cancelled.name, cancelled.code]).toEqual(["AbortError", "CANCELLED"]);
  expect(across(new TimeoutError("late"))).toBeInstanceOf(TimeoutError);
  const failed = across(
    new TaskGroupError([new TypeError("a"), 1], "two", { indices: [4, undefined] }),
  );
  expect(failed).toBeInstanceOf(TaskGroupError);
  expect(failed.errors).toEqual([new TypeError("a"), 1]);
  expect(failed.errors[0]).toBe(failed.cause);
  expect(failed.indices).toEqual([4, undefined]);
});

test("a DOMException keeps name, message, code and cause", () => {
  const copy = across(new DOMException("gone", { name: "AbortError", cause: 7 } as never));
  expect(copy).toBeInstanceOf(DOMException);
  expect([copy.name, copy.message, copy.code]).toEqual(["AbortError", "gone", 20]);
  expect((copy as { cause?: unknown }).cause).toBe(7);
});

test("own fields keep their order and whether they can be enumerated", () => {
  const error = Object.assign(new Error("x"), {
    errno: -2,
    code: "ENOENT",
    path: "/a",
    at: [1, { b: 2 }],
  });
  Object.defineProperty(error, "secret", { value: 1n, enumerable: false });
  const copy = across(error);
  expect(Object.entries(copy)).toEqual(Object.entries(error));
  expect(hidden(copy).toSorted()).toEqual(["message", "secret", "stack"]);
  expect((copy as unknown as { secret: bigint }).secret).toBe(1n);
});

test("what a class gives by getters stays readable where the class is not known", () => {
  class HttpError extends Error {
    readonly #status = 404;
    override get name(): string {
      return "HttpError";
    }
    get code(): string {
      return `HTTP_${this.#status}`;
    }
  }
  const copy = across(new HttpError("not found"));
  expect([copy.name, copy.code, String(copy)]).toEqual([
    "HttpError",
    "HTTP_404",
    "HttpError: not found",
  ]);
  expect(Object.keys(copy)).toEqual([]);
});

test("cycles and shared objects stay what they are", () => {
  const error = new Error("self") as Error & { list: unknown[]; twin: unknown };
  error.cause = error;
  error.list = [error, new Map([[error, new Set([error])]])];
  error.twin = error.list;
  const copy = across(error);
  expect(copy.cause).toBe(copy);
  expect(copy.twin).toBe(copy.list);
  expect(copy.list[0]).toBe(copy);
  expect([...(copy.list[1] as Map<unknown, Set<unknown>>).get(copy)!]).toEqual([copy]);
  const group = new AggregateError([]);
  group.errors.push(group);
  const copied = across(group);
  expect(copied.errors[0]).toBe(copied);
});

test("an error without a stack, a message or a prototype arrives so", () => {
  const bare = new Error("x");
  delete bare.stack;
  expect(Object.getOwnPropertyNames(across(bare))).toEqual(["message"]);
  expect(Object.hasOwn(across(new Error()), "message")).toBe(false);
  const orphan = across(Object.setPrototypeOf(new Error("orphan"), null) as Error);
  expect([orphan instanceof Error, orphan.message]).toEqual([true, "orphan"]);
});

test("what inherits from Error without being one becomes one", () => {
  const old = Object.assign(Object.create(RangeError.prototype) as Error, { message: "old style" });
  const copy = across(old);
  expect([types.isNativeError(copy), copy instanceof RangeError]).toEqual([true, true]);
  expect(Object.keys(copy)).toEqual(["message"]);
});

test("an error of another realm finds its class here", () => {
  const copy = across(
    runInNewContext("Object.assign(new TypeError('far'), { at: { x: 1 } })") as Error,
  );
  expect(copy).toBeInstanceOf(TypeError);
  expect(copy).toMatchObject({ message: "far", at: { x: 1 } });
});

test.each<[string, unknown]>([
  ["undefined", undefined],
  ["null", null],
  ["false", false],
  ["a number", 42],
  ["NaN", NaN],
  ["-0", -0],
  ["-Infinity", -Infinity],
  ["an empty string", ""],
  ["half a surrogate pair", "\ud800"],
  ["a bigint", -(2n ** 200n)],
  ["an object", { code: 1, at: { deep: [undefined, null] } }],
  ["a list with holes and a name", Object.assign([1, , 3], { index: 7 })], // eslint-disable-line no-sparse-arrays
  ["a map", new Map<unknown, unknown>([[{ a: 1 }, new Set([NaN])]])],
  ["a pattern", /a\/b/giu],
  ["a boxed number", Object(-0)],
  ["bytes", new Uint16Array([1, 65535])],
  ["a buffer", new Uint8Array([0, 255]).buffer],
  ["a view", new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2)],
  ["no bytes", new Float64Array()],
])("what is no error arrives as it is: %s", (_, thrown) => {
  expect(across(thrown)).toStrictEqual(thrown);
});

test("an instance of another class arrives by its fields, as structured clone does it", () => {
  class Point {
    readonly x = 1;
    y = (): number => this.x;
  }
  const copy = across<object>(new Point());
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  expect(copy).toEqual({ x: 1, y: "[Function: y]" });
});
