import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { host } from "weftwork/core";
import { seededRandom } from "../../testing/seeded.js";
import { Chaos } from "./chaos.js";
import { leftovers, nothingLeft, pools } from "./index.js";

// By hand: WEFT_CHAOS_TASKS=10000000 WEFT_CHAOS_MS=600000 WEFT_CHAOS_SEED=7 npm run test:faults -- chaos
const TASKS = Number(process.env["WEFT_CHAOS_TASKS"] ?? 100_000);
const MS = Number(process.env["WEFT_CHAOS_MS"] ?? 15_000);
const SEED = Number(process.env["WEFT_CHAOS_SEED"] ?? 1);
const AT_ONCE = 200;

describe.each(pools)("chaos in a pool of $noun workers", ({ Pool }) => {
  test(
    `leaves every task settled once, and nothing behind (seed ${SEED})`,
    async () => {
      await new Pool({ workers: 1 }).close();
      const before = leftovers();
      const folder = mkdtempSync(join(tmpdir(), "weftwork-chaos-"));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const path = join(folder, "notes");
      writeFileSync(path, "");
      const pool = new Pool({ workers: 2, tasksPerWorker: 2, graceMs: 5, maxTasksPerWorker: 5000 });
      const chaos = new Chaos(pool, seededRandom(SEED), path);

      const endMs = host.nowMs() + MS;
      const goesOn = (): boolean => chaos.submitted < TASKS && host.nowMs() < endMs;
      const one = async (): Promise<void> => {
        while (goesOn()) await chaos.next();
      };
      await Promise.all(Array.from({ length: AT_ONCE }, one));

      const { completed, failed, cancelled, ...now } = pool.stats();
      expect(chaos.wrong).toEqual([]);
      expect(chaos.settled).toBe(chaos.submitted);
      expect(completed + failed + cancelled).toBe(chaos.submitted);
      expect(now).toMatchObject({ running: 0, waiting: 0 });
      const runs = readFileSync(path, "utf8").split("\n").slice(0, -1).map(Number);
      expect(new Set(runs).size, "no task has run twice").toBe(runs.length);
      expect(new Set(runs), "what has a value has run").toEqual(new Set([...runs, ...chaos.noted]));
      await pool.close();
      expect(pool.stats().workers).toBe(0);
      await nothingLeft(before);
    },
    MS + 60_000,
  );
});
