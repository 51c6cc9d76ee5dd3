import { describe, expect, test } from "vitest";
import { lost, pools, tasks } from "./index.js";

describe.each(pools)("an error that nobody catches in a $noun", ({ Pool }) => {
  test("of a timer is the cause of the loss", async () => {
    await using pool = new Pool({ workers: 1 });
    const error = await lost(pool.submit(tasks.throwInTimer, new RangeError("too late")));
    expect(error).toMatchObject({ exitCode: 1, task: "throwInTimer" });
    expect(error.cause).toBeInstanceOf(RangeError);
    expect((error.cause as Error).message).toBe("too late");
    expect(await pool.submit(tasks.echo, 1)).toBe(1);
  });

  test("of a rejection is the cause of the loss", async () => {
    await using pool = new Pool({ workers: 1 });
    const error = await lost(pool.submit(tasks.rejectUnheard, new RangeError("unheard")));
    expect((error.cause as Error).message).toContain("unheard");
    expect(await pool.submit(tasks.echo, 1)).toBe(1);
  });

  test.each([undefined, "text"])("may be %s", async (value) => {
    await using pool = new Pool({ workers: 1 });
    expect(await lost(pool.submit(tasks.throwInTimer, value))).toMatchObject({ exitCode: 1 });
    expect(await pool.submit(tasks.echo, 1)).toBe(1);
  });
});
