import { describe, expect, test } from "vitest";
import * as task from "./index.js";

const { all, allSettled, any, asCompleted, checkpoint, race, runMain, shield, sleep } = task;
const { TaskGroup, withDeadline, withTaskGroup, withTimeout } = task;

const nothing = (): void => {};
const group = new TaskGroup();
const running = group.spawn(nothing);

/** Calls with anything at all: what a caller without types can do. */
type Loose = (...args: unknown[]) => unknown;
const loose = (call: unknown): Loose => call as Loose;

type Case = [call: string, run: () => unknown, message: string];

describe("a number that makes no sense is a RangeError, at the call, with the value", () => {
  test.each<Case>([
    ["sleep", () => sleep(NaN), "ms must be a number of milliseconds, got NaN"],
    ["withTimeout", () => withTimeout(NaN, nothing), "timeoutMs must be a number of milliseconds"],
    ["withDeadline", () => withDeadline(NaN, nothing), "deadlineMs must be a number"],
    ["shield", () => shield(nothing, { timeoutMs: NaN }), "timeoutMs must be a number"],
    ["runMain", () => runMain(nothing, { graceMs: NaN }), "graceMs must be a number"],
    ["all", () => all([nothing], { limit: 0 }), "limit must be an integer >= 1 or Infinity, got 0"],
    ["allSettled", () => allSettled([nothing], { limit: -1 }), "got -1"],
    ["any", () => any([nothing], { limit: 1.5 }), "got 1.5"],
    ["race", () => race([nothing], { limit: NaN }), "got NaN"],
    ["any of none", () => any([]), "any() needs at least one body"],
    ["race of none", () => race([]), "race() needs at least one body"],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(RangeError);
    expect(run).toThrow(message);
  });
});

describe("a value of another kind is a TypeError, at the call, with the value", () => {
  test.each<Case>([
    ["sleep", () => loose(sleep)("5"), 'ms must be a number of milliseconds, got "5"'],
    ["sleep without a time", () => loose(sleep)(), "got undefined"],
    ["withTimeout without a time", () => loose(withTimeout)(undefined, nothing), "got undefined"],
    ["withTimeout without a body", () => loose(withTimeout)(5), "body must be a function"],
    ["withDeadline", () => loose(withDeadline)(null, nothing), "got null"],
    ["withDeadline without a body", () => loose(withDeadline)(5, {}), "got [object Object]"],
    ["shield", () => loose(shield)("body"), 'body must be a function, got "body"'],
    ["shield's grace", () => loose(shield)(nothing, { timeoutMs: "5" }), 'got "5"'],
    ["withTaskGroup", () => loose(withTaskGroup)(), "body must be a function, got undefined"],
    ["spawn", () => loose(group.spawn.bind(group))([]), "body must be a function, got [object A"],
    ["runMain", () => loose(runMain)(5), "main must be a function, got 5"],
    ["all of promises", () => loose(all)([Promise.resolve()]), "bodies[0] must be a function"],
    ["all of a number", () => loose(all)(5), "bodies must be iterable, got 5"],
    ["allSettled", () => loose(allSettled)({}), "bodies must be iterable, got [object Object]"],
    ["any", () => loose(any)([nothing, 5]), "bodies[1] must be a function, got 5"],
    ["race", () => loose(race)(), "bodies must be iterable, got undefined"],
    ["a limit", () => loose(all)([nothing], { limit: "2" }), 'got "2"'],
    ["asCompleted", () => loose(asCompleted)(running), "must be iterable, got [object Object]"],
    ["asCompleted of values", () => loose(asCompleted)([5]), "must be tasks of a group, got 5"],
    ["onCancel", () => loose(group.onCancel.bind(group))("run"), 'got "run"'],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(TypeError);
    expect(run).toThrow(message);
  });
});

describe("what is no signal is a TypeError, at the call, wherever one can wait", () => {
  const options = { signal: "stop" };
  test.each<[call: string, run: () => unknown]>([
    ["sleep", () => loose(sleep)(5, options)],
    ["checkpoint", () => loose(checkpoint)(options)],
    ["withTimeout", () => loose(withTimeout)(5, nothing, options)],
    ["withDeadline", () => loose(withDeadline)(5, nothing, options)],
    ["shield", () => loose(shield)(nothing, options)],
    ["withTaskGroup", () => loose(withTaskGroup)(nothing, options)],
    ["new TaskGroup", () => new TaskGroup(options as never)],
    ["result", () => loose(running.result.bind(running))(options)],
    ["all", () => loose(all)([nothing], options)],
    ["allSettled", () => loose(allSettled)([nothing], options)],
    ["any", () => loose(any)([nothing], options)],
    ["race", () => loose(race)([nothing], options)],
    ["asCompleted", () => loose(asCompleted)([running], options)],
  ])("%s", (_, run) => {
    expect(run).toThrow(TypeError);
    expect(run).toThrow('signal must be an AbortSignal, got "stop"');
  });
});

test("a wrong argument has no side effect: the body does not run, and nothing is spawned", () => {
  let ran = false;
  const body = (): void => void (ran = true);
  expect(() => withTimeout(NaN, body)).toThrow(RangeError);
  expect(() => all([body, "x" as never])).toThrow(TypeError);
  expect(() => shield(body, { timeoutMs: NaN })).toThrow(RangeError);
  expect([ran, group.stats().spawned]).toEqual([false, 1]);
});

test("reschedule checks its argument, and keeps the old limit if it is wrong", async () => {
  const rescheduled = withTimeout(0, async (scope) => {
    expect(() => scope.reschedule(NaN)).toThrow("timeoutMs must be a number of milliseconds");
    expect(() => scope.reschedule("5" as never)).toThrow(TypeError);
    await sleep(Infinity, scope);
  });
  await expect(rescheduled).rejects.toMatchObject({ code: "TIMEOUT" });
});
