import { expect, test } from "vitest";
import { VirtualHost } from "../testing/index.js";
import { sleep, type Task, TaskGroup, withTaskGroup } from "./index.js";

const virtual = <T>(main: () => Promise<T>): Promise<T> => new VirtualHost().run(main);

test("spawn starts the body at once", async () => {
  const log: string[] = [];
  await withTaskGroup((group) => {
    group.spawn(() => log.push("child"));
    log.push("body");
  });
  expect(log).toEqual(["child", "body"]);
});

test("a synchronous throw becomes the task's rejection and cancels the siblings", () =>
  virtual(async () => {
    const error = new Error("at once");
    const failing = withTaskGroup(async (group) => {
      const sibling = group.spawn((scope) => sleep(Infinity, scope));
      const task = group.spawn(() => {
        throw error;
      });
      expect(task.state).toBe("rejected");
      expect(group.cancelled).toBe(true);
      await expect(task.result()).rejects.toBe(error);
      await expect(sibling.result()).rejects.toBe(group.reason);
    });
    await expect(failing).rejects.toMatchObject({ errors: [error], cause: error });
  }));

/** Calls spawn, and tells whether the body ran and what was thrown. */
function trySpawn(group: TaskGroup): { ran: boolean; thrown: unknown } {
  const seen: { ran: boolean; thrown: unknown } = { ran: false, thrown: undefined };
  try {
    group.spawn(() => (seen.ran = true));
  } catch (error) {
    seen.thrown = error;
  }
  return seen;
}

const refused = (state: string) => ({
  ran: false,
  thrown: expect.objectContaining({
    code: "CLOSED",
    message: `spawn() on task group, which is ${state}`,
  }),
});

test("spawn on a cancelled group throws CLOSED and does not call the body", () =>
  virtual(async () => {
    const group = new TaskGroup();
    group.spawn(() => sleep(10));
    group.cancel();
    expect(trySpawn(group)).toEqual(refused("cancelling"));
    await group.join();
  }));

test("spawn on a group that was cancelled from outside throws CLOSED", async () => {
  const controller = new AbortController();
  const group = new TaskGroup(controller);
  controller.abort("stop");
  expect(trySpawn(group)).toEqual(refused("cancelling"));
  const late = new TaskGroup(controller);
  expect(trySpawn(late)).toEqual(refused("cancelling"));
  await expect(late.join()).rejects.toBe("stop");
});

test("spawn on a failed group throws CLOSED", () =>
  virtual(async () => {
    const group = new TaskGroup();
    group.spawn(() => sleep(10));
    group.spawn(() => Promise.reject(new Error("root")));
    await sleep(1);
    expect(trySpawn(group)).toEqual(refused("cancelling"));
    await expect(group.join()).rejects.toThrow("root");
  }));

test("spawn on a settled group throws CLOSED, whichever way it settled", async () => {
  const joined = new TaskGroup();
  await joined.join();
  expect(trySpawn(joined)).toEqual(refused("closed"));
  const disposed = new TaskGroup();
  await disposed[Symbol.asyncDispose]();
  expect(trySpawn(disposed)).toEqual(refused("closed"));
  const leaked = await withTaskGroup((group) => [group]);
  expect(trySpawn(leaked[0] as TaskGroup)).toEqual(refused("closed"));
});

test("a group settles with its last child: who awaited that one is too late to spawn", () =>
  virtual(async () => {
    const group = new TaskGroup();
    const last = group.spawn(() => sleep(10));
    const late = last.then(() => trySpawn(group));
    await group.join();
    expect(await late).toEqual(refused("closed"));
  }));

test("a child that spawns at its very end keeps the group open", () =>
  virtual(async () => {
    const log: string[] = [];
    await withTaskGroup((group) => {
      group.spawn(async () => {
        await sleep(10);
        group.spawn(() => sleep(10).then(() => log.push("late child")));
      });
    });
    expect(log).toEqual(["late child"]);
  }));

test("ids are unique and names are the options', the body's or the id's", async () => {
  await withTaskGroup((group) => {
    const tasks: Task<void>[] = [];
    tasks.push(group.spawn(() => {}, { name: "given" }));
    tasks.push(group.spawn(function crawl() {}));
    tasks.push(group.spawn(() => {}));
    expect(tasks.map(({ name }) => name)).toEqual(["given", "crawl", `task ${tasks[2]?.id}`]);
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(3);
  });
});

test("a body may give any thenable, or any value", async () => {
  const thenable = { then: (resolve: (value: string) => void) => resolve("from a thenable") };
  const callable = Object.assign(() => {}, thenable);
  const hostile = {
    get then(): never {
      throw new Error("no then");
    },
  };
  await withTaskGroup(async (group) => {
    expect(await group.spawn(() => thenable as PromiseLike<string>)).toBe("from a thenable");
    expect(await group.spawn(() => callable as unknown as PromiseLike<string>)).toBe(
      "from a thenable",
    );
    expect(await group.spawn(() => null)).toBe(null);
    expect(await group.spawn(() => ({ a: 1 }))).toEqual({ a: 1 });
  });
  const failing = withTaskGroup((group) => void group.spawn(() => hostile as PromiseLike<void>));
  await expect(failing).rejects.toThrow("no then");
});

test("a task is a fine value for a sibling: it is awaited", () =>
  virtual(async () => {
    const value = await withTaskGroup((group) => {
      const first = group.spawn(() => sleep(10).then(() => "first's value"));
      return group.spawn(() => first);
    });
    expect(value).toBe("first's value");
  }));
