import { describe, expect, test } from "vitest";
import { ThreadExecutor } from "weftwork/executor";
import { lost, pools, running, settled, tasks } from "./index.js";

describe.each(pools)("the neighbours of a task in a $noun", ({ Pool }) => {
  test("that were sent behind it run elsewhere when it is killed", async () => {
    await using pool = new Pool({ workers: 1, graceMs: 20 });
    for (let i = 0; i < 50; i += 1) await pool.submit(tasks.echo, i); // known to be short
    const { task } = await running(pool, tasks.loop, 0);
    const behind = Array.from({ length: 20 }, (_, i) => pool.submit(tasks.echo, i));
    task.cancel();
    expect(await Promise.all(behind)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(pool.stats()).toMatchObject({ completed: 70, cancelled: 1, failed: 0 });
  });

  test("are left alone when those between them are cancelled", async () => {
    await using pool = new Pool({ workers: 1 });
    for (let i = 0; i < 50; i += 1) await pool.submit(tasks.echo, i);
    const all = Array.from({ length: 100 }, (_, i) => pool.submit(tasks.echo, i));
    for (const [i, task] of all.entries()) if (i % 2 === 1) task.cancel();
    const outcomes = await Promise.all(all.map(settled));
    for (const [i, outcome] of outcomes.entries())
      expect([i, "CANCELLED"].slice(0, 1 + (i % 2))).toContain(outcome);
    expect(pool.stats().workers).toBe(1);
  });

  test("that had started with it get WORKER_LOST when it is killed, and only they", async () => {
    await using pool = new Pool({ workers: 1, tasksPerWorker: 4, graceMs: 20 });
    const started = await Promise.all(
      [1, 2, 3].map((n) => running(pool, tasks.heed, n, { name: `neighbour ${n}` })),
    );
    const bad = await running(pool, tasks.never, 0);
    const behind = pool.submit(tasks.echo, 1);
    bad.task.cancel();
    expect(await settled(bad.task)).toBe("CANCELLED");
    for (const [i, { task }] of started.entries())
      expect((await lost(task)).task).toBe(`neighbour ${i + 1}`);
    expect(await behind).toBe(1);
    expect(pool.stats()).toMatchObject({ cancelled: 1, failed: 3, completed: 1 });
  });

  test("of a worker that retires are served by its successor", async () => {
    await using pool = new Pool({ workers: 1, maxTasksPerWorker: 2 });
    await pool.submit(tasks.echo, 0);
    const cancelled = pool.submit(tasks.echo, 1);
    cancelled.cancel();
    expect(await settled(cancelled)).toBe("CANCELLED");
    expect(await pool.submit(tasks.echo, 2)).toBe(2);
  });
});

describe.each(pools)("a $noun that dies all of a sudden", ({ Pool }) => {
  test("has not taken along what was done before", async () => {
    await using pool = new Pool({ workers: 1 });
    for (let i = 0; i < 200; i += 1) await pool.submit(tasks.exitIf, undefined);
    const done = Array.from({ length: 20 }, () => pool.submit(tasks.exitIf, undefined));
    const last = pool.submit(tasks.exitIf, 3);
    expect((await lost(last)).exitCode).toBe(3);
    expect(await Promise.all(done)).toEqual(done.map(() => "goes on"));
    expect(pool.stats()).toMatchObject({ completed: 220, failed: 1 });
  });
});

test("a task that turns out long does not hold up the short ones that were sent behind it", async () => {
  await using pool = new ThreadExecutor({ workers: 2 });
  for (let i = 0; i < 200; i += 1) await pool.submit(tasks.shortOrNot, undefined);
  const flag = new Int32Array(new SharedArrayBuffer(8));
  const long = pool.submit(tasks.shortOrNot, flag);
  const short = Array.from({ length: 50 }, () => pool.submit(tasks.shortOrNot, undefined));
  await Promise.all(short);
  expect([long.state, Atomics.load(flag, 0)]).toEqual(["running", 1]);
  Atomics.store(flag, 1, 1);
  await long;
});

test("what was done before a task that turns out long is not held up by it", async () => {
  await using pool = new ThreadExecutor({ workers: 1 });
  for (let i = 0; i < 200; i += 1) await pool.submit(tasks.shortOrNot, undefined);
  const flag = new Int32Array(new SharedArrayBuffer(8));
  const short = Array.from({ length: 5 }, () => pool.submit(tasks.shortOrNot, undefined));
  const long = pool.submit(tasks.shortOrNot, flag);
  await Promise.all(short);
  expect(long.state).toBe("running");
  Atomics.store(flag, 1, 1);
  await long;
});
