import { expect, test } from "vitest";
import { Failures } from "./index.js";

test("each object is listed once, in the order of settling", () => {
  const failures = new Failures();
  const [first, second] = [new Error("first"), new Error("second")];
  for (const error of [first, second, first]) failures.add(error);
  expect(failures.count).toBe(2);
  expect(failures.toError("work").errors).toEqual([first, second]);
});

test("values that are no objects are listed each time, falsy ones too", () => {
  const failures = new Failures();
  for (const thrown of [undefined, "word", undefined, null]) failures.add(thrown);
  expect(failures.toError("work").errors).toEqual([undefined, "word", undefined, null]);
});

test("the message says where, how many, and what came first", () => {
  const failures = new Failures();
  failures.add(new RangeError("too far"));
  expect(failures.toError("work").message).toBe("work failed: RangeError: too far");
  failures.add(new Error("other"));
  expect(failures.toError("work").message).toBe(
    "work failed with 2 errors, first: RangeError: too far",
  );
});

test("indices are those of the inputs, and are there only when asked for", () => {
  const failures = new Failures();
  failures.add(new Error("of an input"), 7);
  failures.add(new Error("of the source"));
  expect(failures.toError("map", { indexed: true }).indices).toEqual([7, undefined]);
  const plain = new Failures();
  plain.add(new Error("x"));
  expect(plain.toError("group").indices).toBeUndefined();
});

test("it gives the same error until another failure is added, and knows its own", () => {
  const failures = new Failures();
  failures.throwIfAny("work");
  failures.add(new Error("a"));
  const made = failures.toError("work");
  expect(failures.toError("work")).toBe(made);
  expect(failures.made(made)).toBe(true);
  expect(failures.made(new Error("a"))).toBe(false);
  expect(failures.made(undefined)).toBe(false);
  failures.add(new Error("b"));
  expect(failures.toError("work")).not.toBe(made);
  expect(() => failures.throwIfAny("work")).toThrow("work failed with 2 errors");
});
