import { describe, expect, test } from "vitest";
import { isAlive, leftovers, nothingLeft, pools, running, settled, tasks, until } from "./index.js";

describe.each(pools)("close, with $noun workers,", ({ noun, Pool }) => {
  test("before any has started is at once, and for good", async () => {
    const pool = new Pool();
    await pool.close();
    expect(() => pool.submit(tasks.echo, 1)).toThrow(expect.objectContaining({ code: "CLOSED" }));
  });

  test("while they start waits for what was submitted", async () => {
    const pool = new Pool({ workers: 2 });
    const three = [1, 2, 3].map((n) => pool.submit(tasks.echo, n));
    await pool.close();
    expect(await Promise.all(three)).toEqual([1, 2, 3]);
    expect(pool.stats()).toMatchObject({ workers: 0, running: 0, waiting: 0, completed: 3 });
  });

  test("while they run waits; cancelWaiting cancels what has not started", async () => {
    const pool = new Pool({ workers: 1, graceMs: 20 });
    const { task } = await running(pool, tasks.heed, 0);
    const waiting = [1, 2, 3].map((n) => pool.submit(tasks.echo, n));
    const closing = pool.close({ cancelWaiting: true });
    expect(await Promise.all(waiting.map(settled))).toEqual(Array(3).fill("CANCELLED"));
    expect(pool.stats()).toMatchObject({ running: 1, waiting: 0 });
    task.cancel();
    await closing;
    expect(await settled(task)).toBe("CANCELLED");
  });

  test("twice is once", async () => {
    const pool = new Pool({ workers: 1 });
    const task = pool.submit(tasks.echo, 1);
    const first = pool.close();
    expect(pool.close()).toBe(first);
    await first;
    await pool.close();
    expect(await task).toBe(1);
  });

  test("right after a kill waits for the worker's end, and replaces it only for work", async () => {
    const pool = new Pool({ workers: 1, graceMs: 0 });
    const { task, news } = await running(pool, tasks.loop, 0);
    task.cancel();
    const closing = pool.close();
    expect(await settled(task)).toBe("CANCELLED");
    await closing;
    expect(pool.stats().workers).toBe(0);
    expect(isAlive(news as number)).toBe(noun === "thread");
  });

  test("leaves nothing behind, whatever happened", async () => {
    await new Pool({ workers: 1 }).close();
    const before = leftovers();
    const pool = new Pool({ workers: 2, graceMs: 10 });
    const pids = new Set<unknown>();
    const submitted = [
      pool.submit(tasks.exit, 1),
      pool.submit(tasks.echo, () => 1),
      pool.submit(tasks.bytes, 5e6),
      pool.submit(tasks.loop, 0, { timeoutMs: 10, onProgress: (pid) => pids.add(pid) }),
      pool.submit(tasks.pid, undefined),
      pool.submit(tasks.never, 0, { timeoutMs: 10, queueTimeoutMs: 60_000 }),
    ];
    const outcomes = await Promise.all(submitted.map(settled));
    pids.add(outcomes[4]);
    await pool.close();
    await nothingLeft(before);
    pids.delete(process.pid);
    await until(() => [...pids].every((pid) => !isAlive(pid as number)));
    expect(pool.stats()).toEqual(
      expect.objectContaining({ workers: 0, running: 0, waiting: 0, completed: 2, failed: 4 }),
    );
  });
});
