import { describe, expect, test } from "vitest";
import { pools, running, settled, tasks } from "./index.js";

describe.each(pools)("a task that does not end, in a $noun", ({ Pool }) => {
  const { loop, microtasks, never } = tasks;

  test.each([loop, microtasks, never])("is killed after the grace: $name", async (task) => {
    await using pool = new Pool({ workers: 1, graceMs: 20 });
    const stuck = await running(pool, task, 0);
    const after = pool.submit(tasks.echo, 1);
    expect(stuck.task.cancel()).toBe(true);
    expect(await settled(stuck.task)).toBe("CANCELLED");
    expect(await after).toBe(1);
    expect(pool.stats()).toMatchObject({ cancelled: 1, completed: 1, failed: 0 });
  });

  test.each([loop, microtasks, never])("runs out of its time: $name", async (task) => {
    await using pool = new Pool({ workers: 1, graceMs: 20 });
    expect(await settled(pool.submit(task, 0, { timeoutMs: 50 }))).toBe("TIMEOUT");
    expect(await pool.submit(tasks.echo, 1)).toBe(1);
    expect(pool.stats()).toMatchObject({ cancelled: 0, completed: 1, failed: 1 });
  });

  test("has its grace also if the news of its start comes after the cancel", async () => {
    await using pool = new Pool({ workers: 1, graceMs: 20 });
    await pool.submit(tasks.echo, 1);
    const { task } = await running(pool, never, 0, { timeoutMs: 60_000 });
    task.cancel();
    expect(await settled(task)).toBe("CANCELLED");
  });

  test("that heeds the cancel keeps its worker", async () => {
    await using pool = new Pool({ workers: 1, graceMs: 60_000 });
    const pid = await pool.submit(tasks.pid, undefined);
    const { task } = await running(pool, tasks.heed, 0);
    task.cancel();
    expect(await settled(task)).toBe("CANCELLED");
    expect(await pool.submit(tasks.pid, undefined)).toBe(pid);
  });

  test("hears the reason, as far as it can be told", async () => {
    await using pool = new Pool({ workers: 1, graceMs: 60_000 });
    for (const reason of [new Error("enough"), "enough", Object.assign(() => 1, { enough: 1 })]) {
      const { task } = await running(pool, tasks.reasonOf, 0);
      task.cancel(reason);
      expect(await task).toMatch(/enough|Function/);
    }
  });

  test("hears of its time limit, though its loop has no turn", async () => {
    await using pool = new Pool({ workers: 1, graceMs: 60_000 });
    await settled(pool.submit(tasks.reasonAtOnce, undefined, { timeoutMs: 1 })); // loads it
    const heard = pool.submit(tasks.reasonAtOnce, undefined, { timeoutMs: 20, name: "deaf" });
    const message = 'task "deaf" timed out after 20 ms';
    expect(await heard).toEqual([`AbortError: ${message}`, `TimeoutError: ${message}`]);
  });

  test("but has settled, holds up the next ones for a grace at most", async () => {
    await using pool = new Pool({ workers: 1, graceMs: 20 });
    expect(await pool.submit(tasks.leaveLooping, undefined)).toBe("done");
    expect(await pool.submit(tasks.echo, 1)).toBe(1);
  });
});

test("a thread that was cancelled before its start could be told is killed all the same", async () => {
  await using pool = new pools[0].Pool({ workers: 1, graceMs: 20 });
  await pool.submit(tasks.echo, 1);
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const task = pool.submit(tasks.loopAtOnce, flag, { timeoutMs: 60_000 });
  await Promise.resolve(); // the end of this turn sends it
  Atomics.wait(flag, 0, 0); // it runs, and this loop has not heard of it
  task.cancel();
  expect(await settled(task)).toBe("CANCELLED");
});
