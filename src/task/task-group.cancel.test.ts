import { expect, test } from "vitest";
import { CancelledError } from "../core/index.js";
import { VirtualHost } from "../testing/index.js";
import { now, shield, sleep, TaskGroup, withTaskGroup } from "./index.js";

const virtual = <T>(main: () => Promise<T>): Promise<T> => new VirtualHost().run(main);

test("a cancel from outside with no error rejects once, with the signal's reason itself", () =>
  virtual(async () => {
    const controller = new AbortController();
    const reason = new Error("outside");
    const cancelled = withTaskGroup(async (group) => {
      for (let i = 0; i < 3; i += 1) group.spawn((scope) => sleep(Infinity, scope));
      await sleep(10);
      controller.abort(reason);
      await sleep(Infinity, group);
    }, controller);
    await expect(cancelled).rejects.toBe(reason);
  }));

test("a group cancelled from outside rejects so whatever its body and children gave", () =>
  virtual(async () => {
    const controller = new AbortController();
    const cancelled = withTaskGroup(async (group) => {
      group.spawn(async (scope) => {
        await sleep(20, scope).catch(() => {});
        return "child";
      });
      await sleep(10);
      controller.abort("outside");
      return "body";
    }, controller);
    await expect(cancelled).rejects.toBe("outside");
  }));

test("a cancel from outside after the group has settled does nothing", async () => {
  const controller = new AbortController();
  const value = await withTaskGroup(() => "value", controller);
  controller.abort("late");
  expect(value).toBe("value");
});

test("an aborted signal rejects first, without calling the body", async () => {
  let called = false;
  const group = withTaskGroup(() => (called = true), { signal: AbortSignal.abort("early") });
  await expect(group).rejects.toBe("early");
  expect(called).toBe(false);
});

test("a falsy reason is kept, identity and all", () =>
  virtual(async () => {
    const controller = new AbortController();
    const group = withTaskGroup((group) => sleep(Infinity, group), controller);
    controller.abort(null);
    await expect(group).rejects.toBe(null);
  }));

test("group.cancel with no error is no failure: a body that returned gives its value", () =>
  virtual(async () => {
    const value = await withTaskGroup(async (group) => {
      group.spawn((scope) => sleep(Infinity, scope));
      await sleep(10);
      group.cancel("enough");
      return "value";
    });
    expect(value).toBe("value");
  }));

test("group.cancel by a child is no failure either", () =>
  virtual(async () => {
    const value = await withTaskGroup((group) => {
      group.spawn((scope) => sleep(Infinity, scope));
      group.spawn(async () => {
        await sleep(10);
        group.cancel();
      });
      return "value";
    });
    expect([value, now()]).toEqual(["value", 10]);
  }));

test("a body that rejected with the reason of group.cancel rejects the group with it", () =>
  virtual(async () => {
    const reason = new Error("enough");
    const cancelled = withTaskGroup(async (group) => {
      group.spawn(() => group.cancel(reason));
      await sleep(Infinity, group);
    });
    await expect(cancelled).rejects.toBe(reason);
  }));

test("join ends quietly after group.cancel, and with the reason after a cancel from outside", () =>
  virtual(async () => {
    const quiet = new TaskGroup();
    quiet.spawn((scope) => sleep(Infinity, scope));
    quiet.cancel();
    await quiet.join();
    const controller = new AbortController();
    const told = new TaskGroup(controller);
    told.spawn((scope) => sleep(Infinity, scope));
    controller.abort("outside");
    await expect(told.join()).rejects.toBe("outside");
  }));

test("group.cancel reaches all scopes below at once; without a reason it names the group", () => {
  const group = new TaskGroup({ name: "crawler" });
  const reasons: unknown[] = [];
  const child = group.spawn(async (scope) => {
    scope.onCancel((reason) => reasons.push(reason));
    await withTaskGroup((inner) => {
      inner.onCancel((reason) => reasons.push(reason));
      return sleep(Infinity, inner);
    }, scope);
  });
  group.cancel();
  expect(reasons).toEqual([group.reason, group.reason]);
  expect(group.reason).toBeInstanceOf(CancelledError);
  expect((group.reason as Error).message).toBe('task group "crawler" was cancelled');
  expect(child.state).toBe("running");
  return group.join();
});

test("only the first cancel counts", async () => {
  const group = new TaskGroup();
  group.cancel("first");
  group.cancel("second");
  expect([group.cancelled, group.reason]).toEqual([true, "first"]);
  await group.join();
});

test("cancellation is a level: every wait in a cancelled scope rejects, also after a catch", () =>
  virtual(async () => {
    const caught: unknown[] = [];
    await withTaskGroup(async (group) => {
      const task = group.spawn(async (scope) => {
        for (let i = 0; i < 3; i += 1) {
          await sleep(100, scope).catch((reason: unknown) => caught.push(reason));
        }
      });
      await sleep(10);
      task.cancel("stop");
    });
    expect([caught, now()]).toEqual([["stop", "stop", "stop"], 10]);
  }));

test("a cancelled task can still clean up: waits with no scope, or a shield, work", () =>
  virtual(async () => {
    const steps: string[] = [];
    const controller = new AbortController();
    const group = withTaskGroup(async (group) => {
      try {
        await sleep(Infinity, group);
      } finally {
        await sleep(10);
        steps.push("plain wait");
        await shield(() => sleep(10), group);
        steps.push("shielded wait");
      }
    }, controller);
    controller.abort("stop");
    await expect(group).rejects.toBe("stop");
    expect([steps, now()]).toEqual([["plain wait", "shielded wait"], 20]);
  }));

test("a shielded child is not cancelled with the group, which waits for it", () =>
  virtual(async () => {
    const log: string[] = [];
    const controller = new AbortController();
    const group = withTaskGroup((group) => {
      const write = async (scope: { signal: AbortSignal }): Promise<void> => {
        await sleep(30, scope);
        log.push("written");
      };
      group.spawn(write, { shielded: true });
      group.spawn((scope) => sleep(Infinity, scope));
    }, controller);
    await sleep(10);
    controller.abort("stop");
    await expect(group).rejects.toBe("stop");
    expect([log, now()]).toEqual([["written"], 30]);
  }));

test("a shielded child's own cancel works, and its failure counts after the group's cancel", () =>
  virtual(async () => {
    const failing = withTaskGroup((group) => {
      const told = group.spawn((scope) => sleep(Infinity, scope), { shielded: true });
      group.spawn(() => sleep(5).then(() => Promise.reject(new Error("real"))), { shielded: true });
      group.cancel();
      expect(told.cancel()).toBe(true);
    });
    await expect(failing).rejects.toThrow("task group failed: Error: real");
  }));
