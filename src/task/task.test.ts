import { expect, test } from "vitest";
import { CancelledError } from "../core/index.js";
import { VirtualHost } from "../testing/index.js";
import { now, sleep, TaskGroup, withTaskGroup } from "./index.js";

const virtual = <T>(main: () => Promise<T>): Promise<T> => new VirtualHost().run(main);

test("awaiting a task gives its value, before and after it has settled", () =>
  virtual(async () => {
    await withTaskGroup(async (group) => {
      const task = group.spawn(() => sleep(10).then(() => "value"));
      expect(task.state).toBe("running");
      expect(await task).toBe("value");
      expect(task.state).toBe("fulfilled");
      expect(await task).toBe("value");
      expect(await task.result()).toBe("value");
    });
  }));

test("awaiting a task rejects with its own error, before and after it has settled", () =>
  virtual(async () => {
    const error = new Error("its own");
    const group = new TaskGroup();
    const task = group.spawn(() => sleep(10).then(() => Promise.reject(error)));
    await expect(task.result()).rejects.toBe(error);
    expect(task.state).toBe("rejected");
    await expect(task.result()).rejects.toBe(error);
    await expect(Promise.resolve(task)).rejects.toBe(error);
    await expect(group.join()).rejects.toMatchObject({ errors: [error] });
  }));

test("a failing task that nobody awaits is no unhandled rejection; its group reports it", async () => {
  const unhandled: unknown[] = [];
  const hear = (error: unknown): void => void unhandled.push(error);
  process.on("unhandledRejection", hear);
  const group = new TaskGroup();
  const task = group.spawn(() => Promise.reject(new Error("unseen")));
  void task.result();
  await expect(group.join()).rejects.toThrow("unseen");
  await sleep(1);
  process.off("unhandledRejection", hear);
  expect(unhandled).toEqual([]);
});

test("awaiting failed tasks one after the other is no unhandled rejection", () =>
  virtual(async () => {
    const group = new TaskGroup();
    const tasks = [1, 2, 3].map((n) =>
      group.spawn(() => sleep(n).then(() => Promise.reject(new Error(`${n}`))), { shielded: true }),
    );
    const seen: unknown[] = [];
    for (const task of tasks) {
      await sleep(10);
      await task.result().catch((error: Error) => seen.push(error.message));
    }
    expect(seen).toEqual(["1", "2", "3"]);
    await expect(group.join()).rejects.toThrow("with 3 errors");
  }));

test("a task that failed because its own scope was cancelled is cancelled, and no error", () =>
  virtual(async () => {
    await withTaskGroup(async (group) => {
      const task = group.spawn((scope) => sleep(Infinity, scope), { name: "dreamer" });
      expect(task.cancel()).toBe(true);
      const reason = await task.result().catch((reason: unknown) => reason);
      expect(reason).toBeInstanceOf(CancelledError);
      expect((reason as Error).message).toBe('task "dreamer" was cancelled');
      expect(task.state).toBe("cancelled");
      expect(group.cancelled).toBe(false);
    });
  }));

test("a value beats a late cancel", () =>
  virtual(async () => {
    await withTaskGroup(async (group) => {
      const task = group.spawn(async () => {
        await sleep(10);
        return "value";
      });
      expect(task.cancel("late")).toBe(true);
      expect(await task).toBe("value");
      expect(task.state).toBe("fulfilled");
    });
  }));

test("task.cancel is false if the task is settled or its scope is cancelled already", () =>
  virtual(async () => {
    await withTaskGroup(async (group) => {
      const settled = group.spawn(() => "value");
      await settled;
      expect(settled.cancel()).toBe(false);
      const twice = group.spawn((scope) => sleep(Infinity, scope));
      expect([twice.cancel("first"), twice.cancel("second")]).toEqual([true, false]);
      await expect(twice.result()).rejects.toBe("first");
      const withGroup = group.spawn((scope) => sleep(Infinity, scope));
      group.cancel();
      expect(withGroup.cancel()).toBe(false);
    });
  }));

test("task.cancel reaches that task and what is below it only", () =>
  virtual(async () => {
    await withTaskGroup(async (group) => {
      const other = group.spawn(() => sleep(20).then(() => "other"));
      let innerReason: unknown;
      const task = group.spawn((scope) =>
        withTaskGroup((inner) => {
          inner.onCancel((reason) => (innerReason = reason));
          return sleep(Infinity, inner);
        }, scope),
      );
      task.cancel("you");
      expect(innerReason).toBe("you");
      await expect(task.result()).rejects.toBe("you");
      expect(await other).toBe("other");
    });
  }));

test("result is a wait that can itself be cancelled: the task runs on", () =>
  virtual(async () => {
    await withTaskGroup(async (group) => {
      const task = group.spawn(() => sleep(100).then(() => "value"));
      const impatient = new AbortController();
      const wait = task.result(impatient);
      impatient.abort("no time");
      await expect(wait).rejects.toBe("no time");
      expect([task.state, now()]).toEqual(["running", 0]);
      expect(await task.result()).toBe("value");
      await expect(task.result(impatient)).rejects.toBe("no time");
    });
  }));

test("all who wait for a task hear of its end in the order in which they came", () =>
  virtual(async () => {
    const log: string[] = [];
    await withTaskGroup(async (group) => {
      const task = group.spawn(() => sleep(10).then(() => "value"));
      const waits = ["a", "b", "c"].map((name) => task.result().then(() => log.push(name)));
      await Promise.all(waits);
    });
    expect(log).toEqual(["a", "b", "c"]);
  }));

test("then gives a promise like any other", () =>
  virtual(async () => {
    await withTaskGroup(async (group) => {
      const task = group.spawn(() => sleep(1).then(() => 20));
      expect(await task.then((n) => n + 1)).toBe(21);
      expect(await task.then(null, () => 0)).toBe(20);
      expect(await Promise.all([task, task])).toEqual([20, 20]);
      expect(await Promise.race([task, sleep(5)])).toBe(20);
    });
  }));
