import { expect, test } from "vitest";
import { all, sleep } from "../../../task/index.js";
import { explore, step } from "../index.js";
import type { Answer, Operation } from "./history.js";
import { linearizable, WAITS } from "./index.js";
import { isLinearizable } from "./search.js";

const register = {
  start: () => ({ value: 0 }),
  operations: {
    write: (state: { value: number }, value: number) => void (state.value = value),
    read: ({ value }: { value: number }) => value,
    take: (state: { value: number }) => (state.value === 0 ? WAITS : (state.value = 0)),
    fail: () => {
      throw new RangeError("never");
    },
  },
};

/** `[name, argument or none, begin, end, value]`; without an end it has none. */
type Row = [name: string, args: unknown[], begin: number, end?: number, value?: unknown];

function holds(rows: Row[]): boolean {
  const operations = rows.map(([name, args, begin, end, value]): Operation => {
    const answer: Answer = end === undefined ? { kind: "none" } : { kind: "value", value };
    return { name, args, who: "", begin, end: end ?? Infinity, answer };
  });
  return isLinearizable(operations, register);
}

test.each<[boolean, string, Row[]]>([
  [true, "nothing", []],
  [
    true,
    "what was written is read",
    [
      ["write", [1], 1, 2],
      ["read", [], 3, 4, 1],
    ],
  ],
  [
    false,
    "what was overwritten is read",
    [
      ["write", [1], 1, 2],
      ["read", [], 3, 4, 0],
    ],
  ],
  [
    true,
    "a read beside the write may see it",
    [
      ["write", [1], 1, 4],
      ["read", [], 2, 3, 1],
    ],
  ],
  [
    true,
    "or not",
    [
      ["write", [1], 1, 4],
      ["read", [], 2, 3, 0],
    ],
  ],
  [
    false,
    "what one has read cannot be unread by a later one",
    [
      ["write", [1], 1, 8],
      ["read", [], 2, 3, 1],
      ["read", [], 4, 5, 0],
    ],
  ],
  [
    true,
    "a write that has not ended may be seen",
    [
      ["write", [1], 1],
      ["read", [], 2, 3, 1],
    ],
  ],
  [
    true,
    "or not seen",
    [
      ["write", [1], 1],
      ["read", [], 2, 3, 0],
    ],
  ],
  [
    false,
    "nobody wrote it",
    [
      ["write", [1], 1],
      ["read", [], 2, 3, 2],
    ],
  ],
  [false, "it should have waited", [["take", [], 1, 2, 0]]],
  [
    true,
    "it waited",
    [
      ["take", [], 1, 4, 0],
      ["write", [5], 2, 3],
    ],
  ],
  [false, "it should have thrown", [["fail", [], 1, 2]]],
])("%s: %s", (wanted, _, rows) => {
  expect(holds(rows)).toBe(wanted);
});

test("a counter that loses an update is not linearizable, and the history is shown", async () => {
  const program = (atomic: boolean) => async () => {
    let count = 0;
    const history = linearizable({
      start: () => ({ count: 0 }),
      operations: { add: (state) => (state.count += 1) },
    });
    const add = async (): Promise<number> => {
      const before = count;
      if (!atomic) await step("add");
      return (count = before + 1);
    };
    await all([() => history.call("add", [], add), () => history.call("add", [], add)]);
  };
  await explore(program(true));
  const failed = explore(program(false));
  await expect(failed).rejects.toMatchObject({ kind: "not linearizable" });
  await expect(failed).rejects.toThrow(/add\(\) gave 1\n.* add\(\) gave 1\n/);
});

test("what was cancelled has no effect, and what throws must throw in the model", async () => {
  await explore(async () => {
    const history = linearizable(register);
    await step("something");
    const cancelled = AbortSignal.abort();
    await history.call("write", [7], () => sleep(1, { signal: cancelled })).catch(() => {});
    const thrower = (): never => {
      throw new RangeError("mine");
    };
    expect(() => history.call("fail", [], thrower)).toThrow("mine");
    expect(history.call("read", [], () => 0)).toBe(0);
  });
});

test("outside of an exploration it is refused", () => {
  expect(() => linearizable(register)).toThrow("in a program under explore");
});
