import { expect, test } from "vitest";
import { VirtualHost } from "../testing/index.js";
import {
  asCompleted,
  now,
  type SettledTask,
  sleep,
  type Task,
  TaskGroup,
  withTaskGroup,
} from "./index.js";

const inGroup = <T>(body: (group: TaskGroup) => Promise<T>): Promise<T> =>
  new VirtualHost().run(() => withTaskGroup(body));
/** The tasks as they come; they are the tasks themselves, though their type says no more than a reader needs. */
async function each<T>(
  completed: AsyncIterable<SettledTask<T>>,
  run: (task: Task<T>) => Promise<unknown>,
): Promise<void> {
  for await (const task of completed) {
    if ((await run(task as Task<T>)) === "enough") break;
  }
}
const sleepers = (group: TaskGroup, ...times: number[]): Task<number>[] =>
  times.map((ms) => group.spawn((scope) => sleep(ms, scope).then(() => ms)));

test("tasks come in the order in which they settle, as tasks and not as values", () =>
  inGroup(async (group) => {
    const tasks = sleepers(group, 30, 10, 20);
    const order: [number, number, number][] = [];
    await each(asCompleted(tasks), async (task) => {
      order.push([tasks.indexOf(task), await task, now()]);
    });
    expect(order).toEqual([
      [1, 10, 10],
      [2, 20, 20],
      [0, 30, 30],
    ]);
  }));

test("settled tasks come first, in their order; a slow reader misses none", () =>
  inGroup(async (group) => {
    const tasks = sleepers(group, 10, 20, 30, 100);
    await sleep(50);
    const values: number[] = [];
    await each(asCompleted(tasks), async (task) => {
      values.push(await task);
      await sleep(5);
    });
    expect(values).toEqual([10, 20, 30, 100]);
  }));

test("a failed or cancelled task is handed over as any other, and throws when awaited", () =>
  inGroup(async (group) => {
    const error = new Error("bad");
    const inner = new TaskGroup();
    const bad = inner.spawn(() => sleep(5).then(() => Promise.reject(error)));
    const told = group.spawn((scope) => sleep(Infinity, scope));
    told.cancel("stop");
    const ends: unknown[] = [];
    await each(asCompleted<void>([bad, told]), async (task) => {
      ends.push([task.state, await task.result().catch((reason: unknown) => reason)]);
    });
    expect(ends).toEqual([
      ["cancelled", "stop"],
      ["rejected", error],
    ]);
    await expect(inner.join()).rejects.toMatchObject({ errors: [error] });
  }));

test("no tasks, no steps; leaving early leaves the tasks running", () =>
  inGroup(async (group) => {
    await each(asCompleted([]), () => Promise.reject(new Error("never")));
    const tasks = sleepers(group, 10, 20);
    await each(asCompleted(tasks), async (task) => {
      expect(await task).toBe(10);
      return "enough";
    });
    expect(tasks[1]?.state).toBe("running");
    expect(await tasks[1]).toBe(20);
  }));

test("each iteration starts afresh", () =>
  inGroup(async (group) => {
    const completed = asCompleted(sleepers(group, 10, 20));
    for (let round = 0; round < 2; round += 1) {
      const values: number[] = [];
      await each(completed, async (task) => values.push(await task));
      expect(values).toEqual([10, 20]);
    }
  }));

test("several callers at once get one task each, and the surplus ends", () =>
  inGroup(async (group) => {
    const iterator = asCompleted(sleepers(group, 20, 10))[Symbol.asyncIterator]();
    const steps = await Promise.all([iterator.next(), iterator.next(), iterator.next()]);
    expect(await steps[0].value?.result()).toBe(10);
    expect(await steps[1].value?.result()).toBe(20);
    expect(steps[2].value).toBe(undefined);
    expect(steps.map(({ done }) => done)).toEqual([false, false, true]);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  }));

test("a cancel ends the iteration's wait with the reason; the tasks run on", () =>
  inGroup(async (group) => {
    const [slow] = sleepers(group, 100);
    const impatient = new AbortController();
    const completed = asCompleted([slow as Task<number>], impatient)[Symbol.asyncIterator]();
    const step = completed.next();
    await sleep(10);
    impatient.abort("no time");
    await expect(step).rejects.toBe("no time");
    await expect(completed.next()).rejects.toBe("no time");
    expect(await slow).toBe(100);
  }));
