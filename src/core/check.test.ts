import { describe, expect, test } from "vitest";
import {
  requireFunction,
  requireInteger,
  requireIterable,
  requireMs,
  requirePositive,
} from "./index.js";

const any = (value: unknown): never => value as never;

test("what is allowed passes", () => {
  const allowed = (): void => {
    requireInteger("permits", 0, 0);
    requireInteger("limit", Infinity, 1, true);
    for (const ms of [-Infinity, -1, 0, 0.5, Infinity]) requireMs("ms", ms);
    requirePositive("perMs", 0.1);
    requireFunction("body", () => {});
    for (const list of [[], new Set(), "letters"]) requireIterable("list", list);
  };
  expect(allowed).not.toThrow();
});

describe("a number out of range is a RangeError with the value", () => {
  test.each([
    [
      "too small",
      () => requireInteger("permits", -1, 0),
      "permits must be an integer >= 0, got -1",
    ],
    ["a fraction", () => requireInteger("limit", 1.5, 1), "limit must be an integer >= 1, got 1.5"],
    ["NaN", () => requireInteger("limit", NaN, 1), "limit must be an integer >= 1, got NaN"],
    ["unbounded by accident", () => requireInteger("n", Infinity, 1), "n must be an integer >= 1"],
    [
      "too small where Infinity is allowed",
      () => requireInteger("limit", 0, 1, true),
      "limit must be an integer >= 1 or Infinity, got 0",
    ],
    ["no time", () => requireMs("ms", NaN), "ms must be a number of milliseconds, got NaN"],
    ["zero", () => requirePositive("perMs", 0), "perMs must be a finite number > 0, got 0"],
    ["endless", () => requirePositive("perMs", Infinity), "got Infinity"],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(message);
  });
});

describe("another kind of value is a TypeError with the value", () => {
  test.each([
    ["a string", () => requireInteger("limit", any("5"), 1), 'got "5"'],
    ["a bigint", () => requireMs("ms", any(5n)), "got 5"],
    ["null", () => requireMs("ms", any(null)), "got null"],
    ["undefined", () => requirePositive("perMs", any(undefined)), "got undefined"],
    ["a symbol", () => requireMs("ms", any(Symbol("s"))), "got Symbol(s)"],
    ["an array", () => requireFunction("body", []), "body must be a function, got [object Array]"],
    ["an object", () => requireFunction("body", Object.create(null)), "got [object Object]"],
    ["a function", () => requireMs("ms", any(requireMs)), "got [object Function]"],
    ["a number for a function", () => requireFunction("body", 5), "got 5"],
    ["a number for a list", () => requireIterable("tasks", 5), "tasks must be iterable, got 5"],
    ["nothing for a list", () => requireIterable("tasks", undefined), "got undefined"],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  });
});
