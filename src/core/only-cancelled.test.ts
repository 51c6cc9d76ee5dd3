import { expect, test } from "vitest";
import { CancelScope, onlyCancelled } from "./index.js";

const reason = new Error("the reason");
const abortError = (): Error => Object.assign(new Error("aborted"), { name: "AbortError" });

function cancelledScope(why: unknown = reason): CancelScope {
  const scope = new CancelScope();
  scope.cancel(why);
  return scope;
}

test("in a cancelled scope, its reason is only a cancel, and so is an AbortError", () => {
  const scope = cancelledScope();
  expect(onlyCancelled(reason, scope)).toBe(true);
  expect(onlyCancelled(abortError(), scope)).toBe(true);
  expect(onlyCancelled(new DOMException("aborted", "AbortError"), scope)).toBe(true);
});

test("in a scope that is not cancelled nothing is only a cancel", () => {
  const scope = new CancelScope();
  expect(onlyCancelled(abortError(), scope)).toBe(false);
  expect(onlyCancelled(undefined, scope)).toBe(false);
});

test("an aggregate of only cancels is a cancel; with one real error it is an error", () => {
  const scope = cancelledScope();
  const nested = new AggregateError([reason, new AggregateError([abortError()])]);
  expect(onlyCancelled(nested, scope)).toBe(true);
  const mixed = new AggregateError([reason, new AggregateError([abortError(), new Error("real")])]);
  expect(onlyCancelled(mixed, scope)).toBe(false);
  expect(onlyCancelled(new AggregateError([]), scope)).toBe(false);
});

test("an error whose cause is the reason is an error", () => {
  expect(onlyCancelled(new Error("wrapped", { cause: reason }), cancelledScope())).toBe(false);
});

test("another scope's reason is an error here", () => {
  expect(onlyCancelled(new Error("theirs"), cancelledScope())).toBe(false);
});

test("a reason may be any value, NaN too", () => {
  expect(onlyCancelled(null, cancelledScope(null))).toBe(true);
  expect(onlyCancelled(NaN, cancelledScope(NaN))).toBe(true);
  expect(onlyCancelled(0, cancelledScope(null))).toBe(false);
});

test("an aggregate that contains itself is judged by the others in it", () => {
  const scope = cancelledScope();
  const cyclic = new AggregateError([reason]);
  cyclic.errors.push(cyclic);
  expect(onlyCancelled(cyclic, scope)).toBe(true);
  cyclic.errors.push(new Error("real"));
  expect(onlyCancelled(cyclic, scope)).toBe(false);
});

test("an aggregate of very many errors is judged too", () => {
  const many = new AggregateError(Array.from({ length: 300_000 }, () => reason));
  expect(onlyCancelled(many, cancelledScope())).toBe(true);
});

test("an error whose name cannot be read is an error", () => {
  const hostile = {
    get name(): string {
      throw new Error("no name");
    },
  };
  expect(onlyCancelled(hostile, cancelledScope())).toBe(false);
});
