import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sleep } from "weftwork";
import { ProcessExecutor, type TaskScope, ThreadExecutor } from "weftwork/executor";

// What pools of threads and of processes have in common, beyond the contract. The functions here travel
// by their text.

const root = join(import.meta.dirname, "../../..");

/** Tells workers apart. */
const whoAmI = async (): Promise<string> => {
  const { threadId } = await import("node:worker_threads");
  return `${process.pid}.${threadId}`;
};

const untilCancelled = (_: unknown, scope: TaskScope): Promise<never> => {
  const cancelled = new Promise<never>((_, reject) => void scope.onCancel(reject));
  scope.report("started");
  return cancelled;
};

/** Runs a program that has a pool of this kind, and waits for its end. */
function programWith(Pool: { name: string }, text: string, env: object = {}): string {
  const program = `import { ${Pool.name} as Pool, toThread } from "weftwork/executor";\n${text}`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", program],
    { cwd: root, encoding: "utf8", env: { ...process.env, ...env } },
  );
  expect([stderr, status]).toEqual(["", 0]);
  return stdout;
}

describe.each([ThreadExecutor, ProcessExecutor])("%o", (Pool) => {
  test("starts workers when there is work, and no more than there is work for", async () => {
    await using pool = new Pool({ workers: 3 });
    expect(pool.stats().workers).toBe(0);
    await pool.submit(whoAmI, undefined);
    expect(pool.stats().workers).toBe(1);
  });

  test("calls the initializer once in each worker, before its first task, and waits for it", async () => {
    const initializer = async (): Promise<void> => {
      const state = globalThis as { started?: number; ready?: boolean };
      state.started = (state.started ?? 0) + 1;
      const { stat } = await import("node:fs/promises");
      for (let turn = 0; turn < 20; turn += 1) await stat("."); // what came along is there by now
      state.ready = true;
    };
    const look = (): unknown => {
      const { started, ready } = globalThis as { started?: number; ready?: boolean };
      return [started, ready];
    };
    await using pool = new Pool({ workers: 2, initializer });
    const seen = Array.from({ length: 6 }, () => pool.submit(look, undefined));
    for (const task of seen) expect(await task).toEqual([1, true]);
  });

  test("replaces a worker after maxTasksPerWorker tasks", async () => {
    await using pool = new Pool({ workers: 1, maxTasksPerWorker: 2 });
    const ran: string[] = [];
    for (let i = 0; i < 5; i += 1) ran.push(await pool.submit(whoAmI, undefined));
    expect(ran[1]).toBe(ran[0]);
    expect(ran[3]).toBe(ran[2]);
    expect(new Set(ran).size).toBe(3);
    expect(pool.stats()).toMatchObject({ completed: 5, failed: 0 });
  });

  test("closed with cancelWaiting before a worker is there, runs none, also not in the place of a cancelled one", async () => {
    const pool = new Pool({ workers: 1 });
    const tasks = [1, 2, 3].map(() => pool.submit(whoAmI, undefined));
    const closed = pool.close({ cancelWaiting: true });
    for (const task of tasks) await expect(task).rejects.toThrow("closed before the task could");
    await closed;
    expect(pool.stats()).toMatchObject({ completed: 0, cancelled: 3 });
  });

  test("replaces a worker that has grown beyond memoryMb", async () => {
    await using pool = new Pool({ workers: 1, memoryMb: 1 });
    const first = await pool.submit(whoAmI, undefined);
    let ran = first;
    while (ran === first) ran = await pool.submit(whoAmI, undefined);
    expect(pool.stats().failed).toBe(0);
  });

  test("gives its workers the environment that was asked for, and nothing else", async () => {
    const look = (): unknown => [process.env["FROM_POOL"], process.env["FROM_MAIN"]];
    process.env["FROM_MAIN"] = "main";
    try {
      await using own = new Pool({ workers: 1, env: { FROM_POOL: "pool" } });
      expect(await own.submit(look, undefined)).toEqual(["pool", undefined]);
      await using inherited = new Pool({ workers: 1 });
      expect(await inherited.submit(look, undefined)).toEqual([undefined, "main"]);
    } finally {
      delete process.env["FROM_MAIN"];
    }
  });

  test("runs tasksPerWorker tasks at once in one worker", async () => {
    await using pool = new Pool({ workers: 1, tasksPerWorker: 3 });
    const controller = new AbortController();
    const { signal } = controller;
    const started = [1, 2, 3].map(
      () =>
        new Promise((resolve) => {
          void pool
            .submit(untilCancelled, undefined, { signal, onProgress: resolve })
            .then(undefined, () => {});
        }),
    );
    const fourth = pool.submit(whoAmI, undefined);
    await Promise.all(started);
    expect(pool.stats()).toMatchObject({ workers: 1, running: 3, waiting: 1 });
    controller.abort();
    await fourth;
  });

  test("ends workers that have been idle, and starts others for new work", async () => {
    await using pool = new Pool({ workers: 1, idleMs: 5 });
    const first = await pool.submit(whoAmI, undefined);
    while (pool.stats().workers > 0) await sleep(5); // the time that it waits is the subject
    expect(await pool.submit(whoAmI, undefined)).not.toBe(first);
  });

  test("lets a text use import(), and warns of nothing", () => {
    const text = `
      const pool = new Pool({ workers: 1 });
      console.log(await pool.submit(async () => typeof (await import("node:os")).cpus, undefined));`;
    expect(programWith(Pool, text)).toBe("function\n");
  });

  test("idle, does not keep the program alive; with tasks that run or wait it does", () => {
    const program = `
      const pool = new Pool({ workers: 1 });
      const later = (n) => new Promise((resolve) => setTimeout(resolve, 20, n));
      for (const n of [1, 2, 3]) pool.submit(later, n).then(console.log);
    `;
    expect(programWith(Pool, program)).toBe("1\n2\n3\n");
  });

  test("has as many workers as WEFT_WORKERS says", () => {
    const program = `
      const pool = new Pool();
      await Promise.all([1, 2, 3, 4, 5, 6].map((n) => pool.submit(async () => {}, n)));
      console.log(pool.stats().workers);
    `;
    expect(programWith(Pool, program, { WEFT_WORKERS: "1" })).toBe("1\n");
  });

  test.each<[object, ErrorConstructor, string]>([
    [{ workers: 0 }, RangeError, "got 0"],
    [{ workers: 1.5 }, RangeError, "got 1.5"],
    [{ workers: "two" }, TypeError, 'got "two"'],
    [{ tasksPerWorker: 0 }, RangeError, "got 0"],
    [{ maxTasksPerWorker: 0 }, RangeError, "got 0"],
    [{ capacity: -1 }, RangeError, "got -1"],
    [{ graceMs: NaN }, RangeError, "got NaN"],
    [{ idleMs: NaN }, RangeError, "got NaN"],
    [{ startTimeoutMs: "long" }, TypeError, 'got "long"'],
    [{ memoryMb: 0 }, RangeError, "got 0"],
    [{ initializer: 5 }, TypeError, "got 5"],
    [{ name: 5 }, TypeError, "got 5"],
    [{ env: "A=1" }, TypeError, 'got "A=1"'],
  ])("a wrong option throws at the call, with the value: %o", (options, kind, message) => {
    expect(() => new Pool(options as never)).toThrow(kind);
    expect(() => new Pool(options as never)).toThrow(message);
  });
});
