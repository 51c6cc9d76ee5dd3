import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { host, realHost } from "../core/index.js";
import { VirtualHost } from "../testing/index.js";
import { now, sleep, withTaskGroup } from "./index.js";

const virtual = <T>(main: () => Promise<T>): Promise<T> => new VirtualHost().run(main);

test("sleep ends after its time, and not before", () =>
  virtual(async () => {
    await sleep(1_000);
    expect(now()).toBe(1_000);
    await sleep(0.5);
    expect(now()).toBe(1_000.5);
  }));

test("zero or less is one turn of the loop", async () => {
  const log: string[] = [];
  queueMicrotask(() => log.push("microtask"));
  realHost.soon(() => log.push("turn"));
  await sleep(0);
  log.push("slept");
  await sleep(-5);
  await sleep(-Infinity);
  expect(log).toEqual(["microtask", "turn", "slept"]);
});

test("a cancel ends it at once, with the reason itself, and the timer is gone", async () => {
  const virtualHost = new VirtualHost();
  const reason = new Error("stop");
  await virtualHost.run(async () => {
    const controller = new AbortController();
    const sleeping = sleep(1_000, controller);
    host.startTimer(() => controller.abort(reason), 10);
    await expect(sleeping).rejects.toBe(reason);
    expect(now()).toBe(10);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    await sleep(5_000);
  });
  expect(virtualHost.nowMs()).toBe(5_010);
});

test("on the platform's timers too, a cancelled sleep leaves none behind", async () => {
  const timers = (): number =>
    process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  const controller = new AbortController();
  const sleeping = [
    sleep(60_000, controller),
    sleep(2 ** 40, controller),
    sleep(Infinity, controller),
  ];
  expect(timers()).toBeGreaterThan(before);
  controller.abort("stop");
  await Promise.allSettled(sleeping);
  expect(timers()).toBe(before);
});

test("in a cancelled scope it rejects first, and starts no timer", async () => {
  const virtualHost = new VirtualHost();
  await virtualHost.run(async () => {
    await sleep(5);
    await expect(sleep(100, { signal: AbortSignal.abort("early") })).rejects.toBe("early");
  });
  expect(virtualHost.nowMs()).toBe(5);
});

test("a cancel after it has ended does nothing", () =>
  virtual(async () => {
    const controller = new AbortController();
    const slept = sleep(10, controller);
    await sleep(20);
    controller.abort("late");
    expect(await slept).toBe(undefined);
  }));

test("a cancel and the end of the time in one turn: whichever ran first wins", () =>
  virtual(async () => {
    const controller = new AbortController();
    const first = sleep(10, controller);
    host.startTimer(() => controller.abort("stop"), 10);
    const second = sleep(10, controller);
    expect(await first).toBe(undefined);
    await expect(second).rejects.toBe("stop");
  }));

test("Infinity waits for the cancel", () =>
  virtual(async () => {
    await withTaskGroup(async (group) => {
      const task = group.spawn((scope) => sleep(Infinity, scope));
      await sleep(1e12);
      expect(task.state).toBe("running");
      task.cancel();
    });
  }));

test("now is the host's monotonic clock", () =>
  virtual(async () => {
    expect(now()).toBe(host.nowMs());
    await sleep(5);
    expect(now()).toBe(5);
  }));
