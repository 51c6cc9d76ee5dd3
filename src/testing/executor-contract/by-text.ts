import assert from "node:assert/strict";
import { rejectsWith, throwsWith } from "./expect.js";
import type { Laws } from "./laws.js";
import { tasks } from "./tasks.js";

const outside = "not sent along";

/** Laws of executors that run what no `defineTasks` names. */
export const anyFunctionLaws: Laws = {
  "a function that no defineTasks names runs too, if it needs nothing from outside": async (
    open,
  ) => {
    await using executor = open({ limit: 1 });
    const shouting = {
      async shout(text: string): Promise<string> {
        return text.toUpperCase();
      },
    };
    assert.equal(await executor.submit((text: string) => text.length, "four"), 4);
    assert.equal(await executor.submit(shouting["shout"], "hey"), "HEY");
    assert.equal(
      await executor.submit(function (n: number) {
        return n + 1;
      }, 1),
      2,
    );
  },
};

/** Laws of those that send a function by its text. */
export const textLaws: Laws = {
  "a function that needs something from outside fails with its name and the way out": async (
    open,
  ) => {
    await using executor = open({ limit: 1 });
    const task = executor.submit((n: number) => `${n} ${outside}`, 1);
    await rejectsWith(task, "NOT_SELF_CONTAINED", '"outside"', "defineTasks");
    const native = "NOT_SELF_CONTAINED";
    throwsWith(() => executor.submit(Math.max as never, 1), native, "max", "defineTasks");
    throwsWith(
      () => executor.submit(class A extends Error {} as never, 1),
      native,
      "class",
      "defineTasks",
    );
    assert.equal(await executor.submit(tasks.echo, "alive"), "alive");
  },
};

/** The law of those that send no code. */
export const namedOnlyLaws: Laws = {
  "a function that no defineTasks names is refused at the call": async (open) => {
    await using executor = open({ limit: 1 });
    const unnamed = (n: number): number => n;
    for (const call of [
      () => executor.submit(unnamed, 1),
      () => void executor.offer(unnamed, 1),
      () => executor.map(unnamed, [1]),
    ])
      throwsWith(call, "NO_SUCH_TASK", "unnamed", "defineTasks");
    assert.equal(await executor.submit(tasks.echo, "alive"), "alive");
  },
};
