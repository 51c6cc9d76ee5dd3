import { describe, expect, test } from "vitest";
import { ProcessExecutor } from "weftwork/executor";
import { pools, settled, tasks } from "./index.js";

describe.each(pools)("a $noun that does not start", ({ Pool }) => {
  test("breaks the pool after three, with the initializer's error; all tasks settle", async () => {
    await using pool = new Pool({ workers: 2, initializer: tasks.failToStart });
    const submitted = Array.from({ length: 5 }, () => pool.submit(tasks.echo, 1));
    expect(await Promise.all(submitted.map(settled))).toEqual(Array(5).fill("BROKEN"));
    const late = pool.submit(tasks.echo, 1);
    await expect(late.result()).rejects.toMatchObject({
      code: "BROKEN",
      cause: { name: "RangeError", message: "no licence" },
    });
    expect(pool.stats()).toMatchObject({ failed: 6, completed: 0, running: 0, waiting: 0 });
  });

  test.each([tasks.hang, tasks.exitAtStart])("breaks it also by %o", async (initializer) => {
    await using pool = new Pool({ workers: 1, initializer, startTimeoutMs: 400 });
    expect(await settled(pool.submit(tasks.echo, 1))).toBe("BROKEN");
    expect(pool.stats().workers).toBe(0);
  });

  test("does not hold a task that is cancelled meanwhile, nor the close", async () => {
    await using pool = new Pool({ workers: 1, initializer: tasks.hang });
    const task = pool.submit(tasks.echo, 1);
    task.cancel();
    expect(await settled(task)).toBe("CANCELLED");
    expect(pool.stats().workers).toBe(1);
  });
});

test("a process for which there is no room breaks the pool, and throws at nobody", async () => {
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = "/nowhere/at/all";
  const pool = new ProcessExecutor({ workers: 2 });
  const both = [pool.submit(tasks.echo, 1), pool.submit(tasks.echo, 2)];
  expect(await Promise.all(both.map(settled))).toEqual(["BROKEN", "BROKEN"]);
  if (before === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = before;
  await pool.close();
});
