import { describe, expect, test } from "vitest";
import { pools, settled, tasks } from "./index.js";
import { unreachable as fails } from "./module-fails.js";
import { unreachable as loops } from "./module-loops.js";
import { unreachable as waits } from "./module-waits.js";

describe.each(pools)(
  "a module that does not load costs its own tasks only, in a $noun:",
  (kind) => {
    const { Pool } = kind;

    test("one that throws", async () => {
      await using pool = new Pool({ workers: 1, graceMs: 60_000 });
      const pid = await pool.submit(tasks.pid, undefined);
      const both = [pool.submit(fails, undefined), pool.submit(fails, undefined)];
      const between = pool.submit(tasks.pid, undefined);
      for (const error of await Promise.all(both.map(settled))) {
        expect(error).toBeInstanceOf(RangeError);
        expect((error as Error).message).toContain("this module is broken");
      }
      expect(await between).toBe(pid);
    });

    test.each([
      ["waits", waits],
      ["loops", loops],
    ])("one that %s for ever ends by cancel and by timeout", async (_, task) => {
      await using pool = new Pool({ workers: 2, graceMs: 20 });
      const cancelled = pool.submit(task, undefined);
      const timedOut = pool.submit(task, undefined, { timeoutMs: 50 });
      const after = pool.submit(tasks.echo, 1);
      expect(await settled(timedOut)).toBe("TIMEOUT");
      expect(await after).toBe(1);
      cancelled.cancel();
      expect(await settled(cancelled)).toBe("CANCELLED");
    });
  },
);

test("a chunk of a map fails with the error of its module too", async () => {
  await using pool = new pools[0].Pool({ workers: 1 });
  const results = pool.map(fails, [undefined, undefined], { chunkSize: 2 }).toArray();
  await expect(results).rejects.toMatchObject({ cause: { name: "RangeError" } });
});
