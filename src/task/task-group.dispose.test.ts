import { expect, test } from "vitest";
import { VirtualHost } from "../testing/index.js";
import { now, sleep, TaskGroup } from "./index.js";

const virtual = <T>(main: () => Promise<T>): Promise<T> => new VirtualHost().run(main);

test("leaving the block without join cancels the children and joins them", () =>
  virtual(async () => {
    const log: unknown[] = [];
    {
      await using group = new TaskGroup({ name: "pings" });
      group.spawn(async (scope) => {
        await sleep(Infinity, scope).catch((reason: Error) => log.push(reason.message));
        await sleep(20);
        log.push("cleaned up");
      });
      await sleep(10);
    }
    expect(log).toEqual(['task group "pings" was left', "cleaned up"]);
    expect(now()).toBe(30);
  }));

test("leaving the block after join cancels nothing", () =>
  virtual(async () => {
    let ended = false;
    {
      await using group = new TaskGroup();
      group.spawn(() => sleep(10).then(() => (ended = true)));
      await group.join();
    }
    expect([ended, now()]).toEqual([true, 10]);
  }));

test("leaving the block while a join is under way cancels what it waits for, so leaving never hangs", () =>
  virtual(async () => {
    const error = new Error("elsewhere");
    const block = async (): Promise<void> => {
      await using group = new TaskGroup();
      group.spawn((scope) => sleep(Infinity, scope));
      await Promise.all([group.join(), sleep(10).then(() => Promise.reject(error))]);
    };
    await expect(block()).rejects.toBe(error);
    expect(now()).toBe(10);
  }));

test("a failure that no join has thrown is thrown by leaving the block", () =>
  virtual(async () => {
    const root = new Error("root");
    const block = async (): Promise<void> => {
      await using group = new TaskGroup();
      group.spawn(() => Promise.reject(root));
      await sleep(10);
    };
    await expect(block()).rejects.toMatchObject({ code: "TASKS_FAILED", errors: [root] });
  }));

test("a failure that join has thrown is not thrown again", () =>
  virtual(async () => {
    const root = new Error("root");
    const block = async (): Promise<unknown> => {
      await using group = new TaskGroup();
      group.spawn(() => Promise.reject(root));
      return await group.join().catch((error: unknown) => error);
    };
    expect(await block()).toMatchObject({ errors: [root] });
  }));

test("the block's own error cancels the children and comes out unchanged", () =>
  virtual(async () => {
    const mine = new Error("mine");
    let cancelled = false;
    const block = async (): Promise<void> => {
      await using group = new TaskGroup();
      group.spawn((scope) => sleep(Infinity, scope).catch(() => (cancelled = true)));
      throw mine;
    };
    await expect(block()).rejects.toBe(mine);
    expect(cancelled).toBe(true);
  }));

test("joins of one group all end alike", () =>
  virtual(async () => {
    const group = new TaskGroup();
    group.spawn(() => sleep(10).then(() => Promise.reject(new Error("root"))));
    const [first, second] = await Promise.allSettled([group.join(), group.join()]);
    const third = await group.join().catch((reason: unknown) => ({ status: "rejected", reason }));
    expect(first).toMatchObject({ status: "rejected", reason: { code: "TASKS_FAILED" } });
    expect([second, third]).toEqual([first, first]);
  }));

test("a name of the group is in its messages", async () => {
  const group = new TaskGroup({ name: "crawler" });
  group.spawn(() => Promise.reject(new Error("root")));
  await expect(group.join()).rejects.toThrow('task group "crawler" failed: Error: root');
});

test("a group without children joins at once, and disposing twice is harmless", async () => {
  const group = new TaskGroup();
  await group.join();
  await group[Symbol.asyncDispose]();
  await group[Symbol.asyncDispose]();
  expect(group.stats().state).toBe("closed");
});

test("a group is a scope: its signal is that of its children's cancel", async () => {
  const group = new TaskGroup();
  const { signal } = group;
  expect(signal.aborted).toBe(false);
  group.throwIfCancelled();
  const reasons: unknown[] = [];
  group.onCancel((reason) => reasons.push(reason));
  group.cancel("stop");
  expect([signal.aborted, signal.reason, reasons]).toEqual([true, "stop", ["stop"]]);
  expect(() => group.throwIfCancelled()).toThrow("stop");
  await group.join();
});
