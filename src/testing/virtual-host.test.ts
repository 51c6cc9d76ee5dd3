import { expect, test } from "vitest";
import { host, realHost } from "../core/index.js";
import { now, sleep, TaskGroup, withDeadline, withTaskGroup, withTimeout } from "../task/index.js";
import { VirtualHost } from "./index.js";

const HOUR_MS = 60 * 60 * 1_000;

test("24 virtual hours pass while real time does not", async () => {
  const virtual = new VirtualHost();
  const startedMs = realHost.nowMs();
  let beats = 0;
  await virtual.run(async () => {
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      await sleep(60_000);
      beats += 1;
    }
  });
  expect(beats).toBe(1_440);
  expect(virtual.nowMs()).toBe(24 * HOUR_MS);
  expect(realHost.nowMs() - startedMs).toBeLessThan(HOUR_MS / 60);
});

test("the clock jumps to the next timer only when nothing else can run", async () => {
  const virtual = new VirtualHost();
  const seen: string[] = [];
  await virtual.run(async () => {
    const late = sleep(1_000).then(() => seen.push(`slept until ${now()}`));
    for (let i = 0; i < 3; i += 1) {
      await sleep(0);
      seen.push(`turn at ${now()}`);
    }
    await late;
  });
  expect(seen).toEqual(["turn at 0", "turn at 0", "turn at 0", "slept until 1000"]);
});

test("timers run in the order of their times, and at the time that they asked for", async () => {
  const virtual = new VirtualHost();
  const woken: number[] = [];
  await virtual.run(() =>
    withTaskGroup((group) => {
      for (const ms of [30, 10, 20, 10.5]) {
        group.spawn(async () => {
          await sleep(ms);
          woken.push(now());
        });
      }
    }),
  );
  expect(woken).toEqual([10, 10.5, 20, 30]);
});

test("run gives main's value, or rejects with its error itself", async () => {
  const error = new Error("mine");
  expect(await new VirtualHost().run(() => "value")).toBe("value");
  await expect(new VirtualHost().run(() => Promise.reject(error))).rejects.toBe(error);
  const thrower = (): never => {
    throw error;
  };
  await expect(new VirtualHost().run(thrower)).rejects.toBe(error);
});

test("an error in a timer's callback ends the run with it", async () => {
  const error = new Error("bad callback");
  const run = new VirtualHost().run(async () => {
    host.soon(() => {
      throw error;
    });
    await sleep(10);
  });
  await expect(run).rejects.toBe(error);
});

test("a deadlock rejects and names who waits for what", async () => {
  const run = new VirtualHost().run(() =>
    withTaskGroup(
      async (group) => {
        group.spawn((scope) => sleep(Infinity, scope), { name: "dreamer" });
        const other = new TaskGroup({ name: "shop" });
        const never = other.spawn(() => new Promise<void>(() => {}), { name: "clerk" });
        await never.result(group);
      },
      { name: "town" },
    ),
  );
  await expect(run).rejects.toMatchObject({ code: "DEADLOCK" });
  await expect(run).rejects.toThrow('"dreamer" waits for sleep');
  await expect(run).rejects.toThrow('"task group "town"" waits for task "clerk"');
});

test("a deadlock outside weftwork says so", async () => {
  const run = new VirtualHost().run(() => new Promise(() => {}));
  await expect(run).rejects.toThrow("it waits for something outside weftwork");
});

test("waits that have ended are not named", async () => {
  const run = new VirtualHost().run(async () => {
    await sleep(5);
    const controller = new AbortController();
    const cancelled = sleep(5, controller).catch(() => {});
    controller.abort();
    await cancelled;
    await new Promise(() => {});
  });
  await expect(run).rejects.toThrow("outside weftwork");
});

test("the host before is back in charge after a run, also after a failed one", async () => {
  const virtual = new VirtualHost();
  await virtual.run(() => expect(host).toBe(virtual));
  expect(host).toBe(realHost);
  await expect(virtual.run(() => new Promise(() => {}))).rejects.toThrow("nothing can run");
  expect(host).toBe(realHost);
  expect(await virtual.run(() => "runs again")).toBe("runs again");
});

test("a host that runs already refuses a second run", async () => {
  const virtual = new VirtualHost();
  await virtual.run(async () => {
    await expect(virtual.run(() => {})).rejects.toMatchObject({ code: "CLOSED" });
  });
});

test("timeouts and deadlines are on the virtual clock", async () => {
  const virtual = new VirtualHost();
  await virtual.run(async () => {
    await sleep(HOUR_MS);
    const timedOut = withTimeout(HOUR_MS, (scope) => sleep(Infinity, scope));
    await expect(timedOut).rejects.toMatchObject({ code: "TIMEOUT" });
    expect(now()).toBe(2 * HOUR_MS);
    const late = withDeadline(3 * HOUR_MS, (scope) => sleep(Infinity, scope));
    await expect(late).rejects.toMatchObject({ code: "TIMEOUT" });
    expect(now()).toBe(3 * HOUR_MS);
  });
});

test("a stopped timer neither runs nor moves the clock", async () => {
  const virtual = new VirtualHost();
  await virtual.run(async () => {
    await withTimeout(HOUR_MS, () => sleep(5));
    await sleep(5);
  });
  expect(virtual.nowMs()).toBe(10);
  await expect(virtual.run(() => new Promise(() => {}))).rejects.toThrow("nothing can run");
  expect(virtual.nowMs()).toBe(10);
});

test.each([
  ["a seed that is no integer", () => new VirtualHost({ seed: 0.5 }), RangeError, "got 0.5"],
  ["a negative seed", () => new VirtualHost({ seed: -1 }), RangeError, "got -1"],
  ["a seed of words", () => new VirtualHost({ seed: "a" as never }), TypeError, 'got "a"'],
  ["no function", () => void new VirtualHost().run(5 as never), TypeError, "got 5"],
])("a wrong argument throws at the call, with the value: %s", (_, call, kind, message) => {
  expect(call).toThrow(kind);
  expect(call).toThrow(message);
});
