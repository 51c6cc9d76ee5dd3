import { expect, test } from "vitest";
import {
  CancelledError,
  ConcurrencyError,
  leaves,
  messageOf,
  TaskGroupError,
  TimeoutError,
} from "./index.js";

test("every error of ours has a stable code and a name", () => {
  const errors = [
    new ConcurrencyError("CLOSED", "closed"),
    new CancelledError(),
    new TimeoutError("late"),
    new TaskGroupError([new Error("a")], "failed"),
  ];
  expect(errors.map(({ name, code }) => `${name} ${code}`)).toEqual([
    "ConcurrencyError CLOSED",
    "AbortError CANCELLED",
    "TimeoutError TIMEOUT",
    "TaskGroupError TASKS_FAILED",
  ]);
  expect(errors.every((error) => error instanceof Error)).toBe(true);
  expect(errors[3]).toBeInstanceOf(AggregateError);
});

test("the cause of a group's error is its first error", () => {
  const first = new Error("first");
  const error = new TaskGroupError([first, new Error("second")], "failed");
  expect(error.cause).toBe(first);
  expect(error.errors).toHaveLength(2);
  expect("indices" in error).toBe(false);
});

test("leaves flattens nested aggregates in order", () => {
  const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => new Error(name));
  const inner = new TaskGroupError([b, new AggregateError([c])], "inner");
  expect(leaves(new TaskGroupError([a, inner, d], "outer"))).toEqual([a, b, c, d]);
});

test("an error that is no aggregate is its own leaf, a falsy one too", () => {
  const error = new Error("alone", { cause: new Error("not a leaf") });
  expect(leaves(error)).toEqual([error]);
  expect(leaves(undefined)).toEqual([undefined]);
  expect(leaves(new AggregateError([0, null]))).toEqual([0, null]);
  const empty = new AggregateError([]);
  expect(leaves(empty)).toEqual([empty]);
});

test("leaves comes to an end with aggregates that contain themselves", () => {
  const real = new Error("real");
  const outer = new AggregateError([]);
  const inner = new AggregateError([outer, real]);
  outer.errors.push(inner, outer);
  expect(leaves(outer)).toEqual([real]);
});

test("leaves bears wide and deep aggregates", () => {
  const wide = new AggregateError(Array.from({ length: 300_000 }, (_, i) => i));
  expect(leaves(wide)).toHaveLength(300_000);
  let deep: unknown = "bottom";
  for (let depth = 0; depth < 20_000; depth += 1) deep = new AggregateError([deep]);
  expect(leaves(deep)).toEqual(["bottom"]);
});

test("messageOf has a word for whatever was thrown", () => {
  expect(messageOf(new RangeError("too far"))).toBe("RangeError: too far");
  expect(messageOf("a word")).toBe("a word");
  expect(messageOf(undefined)).toBe("undefined");
  expect(messageOf(Object.create(null))).toBe("unprintable");
});
