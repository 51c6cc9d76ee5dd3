import { expect, test } from "vitest";
import { VirtualHost } from "../testing/index.js";
import { now, sleep, TaskGroup, withTaskGroup } from "./index.js";

const virtual = <T>(main: () => Promise<T>): Promise<T> => new VirtualHost().run(main);

test("a group gives its body's value", async () => {
  expect(await withTaskGroup(() => "sync")).toBe("sync");
  expect(await withTaskGroup(async () => "async")).toBe("async");
  expect(await withTaskGroup(() => undefined)).toBe(undefined);
});

test("a group settles only when every child has", () =>
  virtual(async () => {
    let running = 0;
    const value = await withTaskGroup((group) => {
      for (const ms of [30, 10, 20]) {
        group.spawn(async () => {
          running += 1;
          await sleep(ms);
          running -= 1;
        });
      }
      return "body";
    });
    expect([value, running, now()]).toEqual(["body", 0, 30]);
  }));

test("a child that ignores its signal is waited for all the same", () =>
  virtual(async () => {
    const controller = new AbortController();
    let ended = false;
    const group = withTaskGroup(async (group) => {
      group.spawn(async () => {
        await sleep(1_000); // no scope
        ended = true;
      });
      await sleep(10);
      controller.abort("stop");
    }, controller);
    await expect(group).rejects.toBe("stop");
    expect([ended, now()]).toEqual([true, 1_000]);
  }));

test("a group waits for a body that ignores the cancel", () =>
  virtual(async () => {
    const group = withTaskGroup(async (group) => {
      group.spawn(async () => {
        await sleep(5);
        throw new Error("early");
      });
      await sleep(100);
    });
    await expect(group).rejects.toThrow("early");
    expect(now()).toBe(100);
  }));

test("while the group waits for its last children, children may still spawn", () =>
  virtual(async () => {
    const done: string[] = [];
    await withTaskGroup((group) => {
      group.spawn(async () => {
        await sleep(10);
        group.spawn(async () => {
          await sleep(10);
          group.spawn(async () => {
            await sleep(10);
            done.push("grandchild");
          });
          done.push("child's child");
        });
        done.push("child");
      });
    });
    expect([done, now()]).toEqual([["child", "child's child", "grandchild"], 30]);
  }));

test("a group that a body's own join waited for stays open until the body returns", () =>
  virtual(async () => {
    const done: string[] = [];
    await withTaskGroup(async (group) => {
      group.spawn(() => sleep(10).then(() => done.push("first")));
      await group.join();
      done.push(`joined at ${now()}`);
      group.spawn(() => sleep(10).then(() => done.push("second")));
    });
    expect(done).toEqual(["first", "joined at 10", "second"]);
  }));

test("stats tell who runs, since when, and who was asked to end and has not", () =>
  virtual(async () => {
    await withTaskGroup(async (group) => {
      expect(group.stats()).toEqual({
        state: "open",
        running: 0,
        spawned: 0,
        failed: 0,
        tasks: [],
      });
      const quick = group.spawn(() => sleep(5), { name: "quick" });
      await sleep(10);
      const slow = group.spawn(() => sleep(100), { name: "slow" });
      await sleep(20);
      const running = { id: slow.id, name: "slow", cancelled: false, runningForMs: 20 };
      expect(group.stats()).toMatchObject({ state: "open", running: 1, spawned: 2 });
      expect(group.stats().tasks).toEqual([running]);
      expect(quick.state).toBe("fulfilled");
      group.cancel();
      expect(group.stats()).toMatchObject({ state: "cancelling", running: 1 });
      expect(group.stats().tasks).toEqual([{ ...running, cancelled: true }]);
    });
  }));

test("a group goes from open over cancelling to closed", () =>
  virtual(async () => {
    const group = new TaskGroup();
    const states = [group.stats().state];
    group.spawn(() => sleep(10));
    group.cancel();
    states.push(group.stats().state);
    await group.join();
    states.push(group.stats().state);
    expect(states).toEqual(["open", "cancelling", "closed"]);
  }));

test("groups nest: the inner one is over before the outer child is", () =>
  virtual(async () => {
    const log: string[] = [];
    await withTaskGroup((outer) => {
      outer.spawn(async (scope) => {
        await withTaskGroup((inner) => {
          inner.spawn(() => sleep(20).then(() => log.push("inner child")));
        }, scope);
        log.push("outer child");
      });
    });
    expect(log).toEqual(["inner child", "outer child"]);
  }));

test("a thousand groups within each other end well, and cancel well", () =>
  virtual(async () => {
    const nest = async (depth: number, signal?: AbortSignal): Promise<string> => {
      await sleep(0);
      return withTaskGroup(
        (group) =>
          depth === 0
            ? sleep(10, group).then(() => "bottom")
            : group.spawn((scope) => nest(depth - 1, scope.signal)),
        { signal },
      );
    };
    expect(await nest(1_000)).toBe("bottom");
    const controller = new AbortController();
    const cancelled = nest(1_000, controller.signal);
    await sleep(5);
    controller.abort("stop");
    await expect(cancelled).rejects.toBe("stop");
  }));

test("a group of 10,000 children joins them all", () =>
  virtual(async () => {
    let ended = 0;
    const group = new TaskGroup();
    for (let i = 0; i < 10_000; i += 1) group.spawn(() => sleep(i % 7).then(() => (ended += 1)));
    expect(group.stats().running).toBe(10_000);
    await group.join();
    expect([ended, group.stats().running]).toEqual([10_000, 0]);
  }));
