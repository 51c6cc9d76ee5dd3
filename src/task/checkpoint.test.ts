import { afterEach, beforeEach, expect, test } from "vitest";
import { type Host, installHost, realHost } from "../core/index.js";
import { checkpoint, TaskGroup } from "./index.js";

/** A clock that moves when the test says so; turns are the platform's, and counted. */
const clock = { ms: 0, turns: 0 };
let installed: Disposable;

beforeEach(async () => {
  clock.ms = 0;
  const stepped: Host = {
    ...realHost,
    nowMs: () => clock.ms,
    soon(run) {
      clock.turns += 1;
      realHost.soon(run);
    },
  };
  installed = installHost(stepped);
  await checkpoint(); // opens a slice
  clock.turns = 0;
});

afterEach(() => installed[Symbol.dispose]());

test("within a time slice a checkpoint lets nothing else run", async () => {
  let turned = false;
  realHost.soon(() => (turned = true));
  for (let i = 0; i < 100; i += 1) {
    clock.ms += 0.049;
    await checkpoint();
  }
  expect([turned, clock.turns]).toEqual([false, 0]);
});

test("when the slice is spent, a checkpoint lets the loop run, and opens the next one", async () => {
  let turned = false;
  realHost.soon(() => (turned = true));
  clock.ms += 5;
  await checkpoint();
  expect([turned, clock.turns]).toEqual([true, 1]);
  await checkpoint();
  expect(clock.turns).toBe(1);
  clock.ms += 5;
  await checkpoint();
  expect(clock.turns).toBe(2);
});

test("all tasks share one slice", async () => {
  const busy = async (): Promise<void> => {
    for (let i = 0; i < 10; i += 1) {
      clock.ms += 1;
      await checkpoint();
    }
  };
  await Promise.all([busy(), busy()]);
  expect(clock.turns).toBeGreaterThanOrEqual(3);
});

test("the next slice begins when the loop has had its turn, not before", async () => {
  clock.ms += 5;
  const waiting = checkpoint();
  clock.ms += 100; // others take their time
  await waiting;
  await checkpoint();
  expect(clock.turns).toBe(1);
});

test("in a cancelled scope it rejects, spent slice or not, so a loop that computes can be cancelled", async () => {
  const group = new TaskGroup();
  let rounds = 0;
  const task = group.spawn(async (scope) => {
    for (;;) {
      rounds += 1;
      clock.ms += 2;
      if (rounds === 10) task.cancel("enough");
      await checkpoint(scope);
    }
  });
  await expect(task.result()).rejects.toBe("enough");
  expect([rounds, task.state]).toEqual([10, "cancelled"]);
  await group.join();
});

test("a cancel while the loop has its turn rejects the checkpoint", async () => {
  const controller = new AbortController();
  clock.ms += 5;
  const waiting = checkpoint(controller);
  controller.abort("stop");
  await expect(waiting).rejects.toBe("stop");
});

test("another host begins with a spent slice", async () => {
  await checkpoint();
  const turns: (() => void)[] = [];
  const other = installHost({ ...realHost, nowMs: () => clock.ms, soon: (run) => turns.push(run) });
  const waiting = checkpoint();
  expect(turns).toHaveLength(1);
  turns[0]?.();
  await waiting;
  other[Symbol.dispose]();
});
