import { expect, test } from "vitest";
import { advise, type AdviseOptions, formatAdvice } from "./index.js";

const QUICK = { timeMs: 20 };
const double = (n: number): number => 2 * n;

test.each<[string, () => unknown]>([
  ["task", () => advise(3 as never, [1])],
  ["source", () => advise(double, 3 as never)],
  ["limit", () => advise(double, [1], { limit: 0 })],
  ["workers", () => advise(double, [1], { workers: -1 })],
  ["timeMs", () => advise(double, [1], { timeMs: 0 })],
  ["items", () => advise(double, [1], { items: 1.5 })],
  ["signal", () => advise(double, [1], { signal: {} } as AdviseOptions)],
])("a wrong %s is told at the call", (what, call) => {
  expect(call).toThrow(what);
});

test("there is no advice on no input, and none on nothing but failures", async () => {
  await expect(advise(double, [], QUICK)).rejects.toThrow("sample must have at least one input");
  const error = new Error("never");
  const fails = (): never => {
    throw error;
  };
  await expect(advise(fails, [1], QUICK)).rejects.toBe(error);
});

test("of an endless sample the beginning is taken, and it is closed", async () => {
  let given = 0;
  let closed = false;
  function* endless(): Generator<number> {
    try {
      for (;;) yield (given += 1);
    } finally {
      closed = true;
    }
  }
  await advise(double, endless(), QUICK);
  expect(closed).toBe(true);
  expect(given).toBeLessThan(1_100);
});

test("advice is plain data, all of its figures are finite, and the table shows it", async () => {
  const advice = await advise(double, [1, 2, 3], { ...QUICK, limit: 4, items: 100 });
  expect(JSON.parse(JSON.stringify(advice))).toEqual(advice);
  const table = formatAdvice(advice);
  expect(table).toContain(`${advice.model}. ${advice.reason}.`);
  expect(table).toMatch(/^[* ] async x4 +[\d,]+ +1 times/m);
  expect(table.match(/^\* /gm)).toHaveLength(1);
  for (const { model } of advice.ranking) expect(table).toContain(model);
});

test("values that can't be cloned keep a function here, and the table says so", async () => {
  const gives = (): unknown => () => 1;
  const advice = await advise(gives, [1], QUICK);
  expect(advice.model).toBe("async");
  expect(advice.ranking.slice(1).every(({ possible }) => !possible)).toBe(true);
  expect(formatAdvice(advice)).toMatch(/ {2}threads x\d+ +impossible: its output can't be cloned/);
});

test("a function that needs what is around it is found out by trying it", async () => {
  const around = new Int32Array(new SharedArrayBuffer(4));
  const waits = (): string => Atomics.wait(around, 0, 0, 20); // two workers would wait side by side
  const { model, ranking } = await advise(waits, [1], { timeMs: 200, workers: 2 });
  expect(model).toBe("async");
  expect(ranking.map(({ refusal }) => refusal)).toContainEqual(
    expect.stringMatching(/when tried there .*"around", which is outside it/),
  );
});

test("a few calls and failed calls are warned of", async () => {
  const some = (n: number): number => {
    if (n === 1) throw new Error("no one");
    return n;
  };
  const { warnings } = await advise(some, [1, 2], QUICK);
  expect(warnings.join()).toMatch(/\d+ of \d+ calls failed, the first with .*no one/);
});
