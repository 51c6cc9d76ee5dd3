import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { ProcessExecutor } from "weftwork/executor";
import { lost, pools, running, settled, tasks } from "./index.js";

describe.each(pools)("a $noun that dies", ({ noun, Pool }) => {
  test.each([0, 42])("by process.exit(%i) fails its task alone, and tells how", async (code) => {
    await using pool = new Pool({ workers: 1, name: "p" });
    const error = await lost(pool.submit(tasks.exit, code));
    expect(error).toMatchObject({ code: "WORKER_LOST", exitCode: code, task: "exit" });
    expect(error.signal).toBeUndefined();
    expect(error.message).toBe(
      `${noun} 1 of the ${Pool.name} "p" exited with code ${code} while it ran task "exit"`,
    );
    expect(await pool.submit(tasks.echo, 1)).toBe(1);
    expect(pool.stats()).toMatchObject({ completed: 1, failed: 1, running: 0, waiting: 0 });
  });

  test("in a later turn fails the task that it ran", async () => {
    await using pool = new Pool({ workers: 1 });
    const task = pool.submit(tasks.exitLater, 3, { name: "mine" });
    const after = pool.submit(tasks.echo, 1);
    expect(await lost(task)).toMatchObject({ exitCode: 3, task: "mine" });
    expect(await after).toBe(1);
  });

  test("has run each started task once, and those behind it run once too", async () => {
    const folder = mkdtempSync(join(tmpdir(), "weftwork-faults-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "notes");
    await using pool = new Pool({ workers: 2 });
    for (let i = 0; i < 20; i += 1) await pool.submit(tasks.note, path); // known to be short from here on
    const submitted = Array.from({ length: 40 }, (_, i) =>
      pool.submit(i % 10 === 5 ? tasks.noteAndExit : tasks.note, path),
    );
    const outcomes = await Promise.all(submitted.map(settled));
    expect(outcomes.filter((outcome) => outcome === "WORKER_LOST").length).toBeGreaterThanOrEqual(
      4,
    );
    expect(outcomes.filter((outcome) => outcome !== "WORKER_LOST")).not.toContainEqual(
      expect.anything(),
    );
    // A lost one may have noted or not; nobody has noted twice.
    expect(readFileSync(path, "utf8").length).toBe(60);
    const { completed, failed } = pool.stats();
    expect(completed + failed).toBe(60);
  });

  test("ends the stream that it ran with WORKER_LOST, behind the outputs", async () => {
    await using pool = new Pool({ workers: 1 });
    const outputs: number[] = [];
    const reading = (async () => {
      for await (const output of pool.stream(tasks.countAndExit, 5)) outputs.push(output);
    })();
    expect(await lost(reading)).toMatchObject({ exitCode: 5, task: "countAndExit" });
    expect(outputs).toEqual([0, 1, 2, 3, 4]);
  });

  test("again and again costs no slot", async () => {
    await using pool = new Pool({ workers: 2 });
    for (let round = 0; round < 3; round += 1) {
      const both = [pool.submit(tasks.exit, 1), pool.submit(tasks.exit, 1)];
      await Promise.all(both.map(lost));
    }
    const two = await Promise.all([running(pool, tasks.heed, 0), running(pool, tasks.heed, 0)]);
    expect(pool.stats()).toMatchObject({ workers: 2, running: 2, waiting: 0, failed: 6 });
    for (const { task } of two) task.cancel();
  });
});

describe("a process", () => {
  test("that is killed from outside fails its task alone, and tells by what", async () => {
    await using pool = new ProcessExecutor({ workers: 1 });
    const { task, news } = await running(pool, tasks.never, 0);
    process.kill(news as number, "SIGKILL");
    const error = await lost(task);
    expect(error).toMatchObject({ exitCode: undefined, signal: "SIGKILL", task: "never" });
    expect(error.message).toContain("was killed by SIGKILL");
    expect(await pool.submit(tasks.echo, 1)).toBe(1);
  });

  test("that is killed while idle costs nothing", async () => {
    await using pool = new ProcessExecutor({ workers: 1 });
    process.kill(await pool.submit(tasks.pid, undefined), "SIGKILL");
    expect(await pool.submit(tasks.echo, 1)).toBe(1);
    expect(pool.stats()).toMatchObject({ completed: 2, failed: 0 });
  });

  test("that is stopped is killed when its task is cancelled", async () => {
    await using pool = new ProcessExecutor({ workers: 1, graceMs: 20 });
    const { task, news } = await running(pool, tasks.heed, 0);
    process.kill(news as number, "SIGSTOP");
    task.cancel();
    expect(await settled(task)).toBe("CANCELLED");
    expect(await pool.submit(tasks.echo, 1)).toBe(1);
  });
});
