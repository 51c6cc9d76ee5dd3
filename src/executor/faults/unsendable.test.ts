import { describe, expect, test } from "vitest";
import { pools, settled, tasks } from "./index.js";

describe.each(pools)("what can't be sent costs one task and no $noun:", ({ Pool }) => {
  const inputs = [() => 1, Symbol("s"), { deep: [new WeakMap()] }];

  test("inputs, outputs, progress, outputs of a stream", async () => {
    await using pool = new Pool({ workers: 1, graceMs: 60_000 });
    const pid = await pool.submit(tasks.pid, undefined);
    for (const input of inputs)
      expect(await settled(pool.submit(tasks.echo, input))).toBe("NOT_CLONEABLE");
    expect(await settled(pool.submit(tasks.giveFunction, 0))).toBe("NOT_CLONEABLE");
    expect(await settled(pool.submit(tasks.reportFunction, 0))).toBe("NOT_CLONEABLE");
    const outputs: unknown[] = [];
    const reading = (async () => {
      for await (const output of pool.stream(tasks.yieldFunction, 0)) outputs.push(output);
    })();
    expect(await settled(reading)).toBe("NOT_CLONEABLE");
    expect(outputs).toEqual([1]);
    expect(await pool.submit(tasks.pid, undefined)).toBe(pid);
    expect(pool.stats()).toMatchObject({ workers: 1, completed: 2, failed: 6 });
  });

  test("what is nested deeper than a stack is", async () => {
    await using pool = new Pool({ workers: 1 });
    const outcomes = [3000, 10_000, 30_000, 100_000].map((depth) =>
      settled(pool.submit(tasks.nested, depth)).then((outcome) =>
        Array.isArray(outcome) ? "here" : outcome,
      ),
    );
    for (const outcome of await Promise.all(outcomes))
      expect(["here", "NOT_CLONEABLE"]).toContain(outcome);
    expect(await settled(pool.submit(tasks.echo, tasks.nested(100_000)))).toBe("NOT_CLONEABLE");
    expect(await pool.submit(tasks.echo, { each: "its own" })).toEqual({ each: "its own" });
    expect(pool.stats().workers).toBe(1);
  });

  test("a getter that throws, on either side", async () => {
    await using pool = new Pool({ workers: 1 });
    const trap = {
      get x(): never {
        throw new Error("looked at");
      },
    };
    expect(await settled(pool.submit(tasks.echo, trap))).toBe("NOT_CLONEABLE");
    const task = pool.submit(tasks.throwTrap, 0);
    const error: unknown = await task.result().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(Error);
    expect(await pool.submit(tasks.echo, 1)).toBe(1);
  });

  test("parts of an error, which are described", async () => {
    await using pool = new Pool({ workers: 1 });
    const error = await settled(pool.submit(tasks.throwFunction, 0));
    expect(error).toMatchObject({ message: "with a function", why: "because" });
    expect((error as { run: unknown }).run).toMatch(/Function/);
  });

  test("nothing at all, thrown", async () => {
    await using pool = new Pool({ workers: 1 });
    for (const value of [undefined, null, 0, "", false]) {
      const task = pool.submit(tasks.throwIt, value);
      await expect(task.result().then(() => "fulfilled")).rejects.toBe(value);
    }
    expect(pool.stats()).toMatchObject({ completed: 0, failed: 5 });
  });

  test("not even the last task of a worker that is then replaced", async () => {
    await using pool = new Pool({ workers: 1, maxTasksPerWorker: 1 });
    expect(await settled(pool.submit(tasks.echo, () => 1))).toBe("NOT_CLONEABLE");
    expect(await pool.submit(tasks.echo, 1)).toBe(1);
  });

  test("a progress that can't be sent now says so now, however full the way is", async () => {
    await using pool = new Pool({ workers: 1 });
    expect(await pool.submit(tasks.reportFunctionWhenFull, 0)).toBe("NOT_CLONEABLE");
  });
});
