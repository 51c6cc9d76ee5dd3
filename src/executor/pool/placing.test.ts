import { expect, test } from "vitest";
import { sleep } from "../../task/index.js";
import { VirtualHost } from "../../testing/index.js";
import { Puppets } from "./puppet.js";
import { WorkerPool } from "./worker-pool.js";

const task = (): string => "done";

/** How `count` tasks, submitted at once, are shared out to two workers, when such a task is known to take `tookUs`. */
async function sharesOf(count: number, tookUs: number, moved = false): Promise<number[]> {
  const backend = new Puppets();
  const pool = new WorkerPool("Pool", backend, { workers: 2 });
  const measured = [pool.submit(task, undefined), pool.submit(task, undefined)];
  await sleep(1);
  for (const worker of backend.all) worker.done(1, tookUs);
  await Promise.all(measured);
  const options = moved ? { transfer: [] } : {};
  const tasks = Array.from({ length: count }, () => pool.submit(task, undefined, options));
  const handed = backend.all.map((worker) => worker.runs.slice(1));
  for (const [i, runs] of handed.entries())
    for (const seq of runs) backend.all[i]!.done(seq, tookUs);
  await Promise.all(tasks);
  const closed = pool.close();
  for (const worker of backend.all) worker.exit();
  await closed;
  return handed.map((runs) => runs.length).toSorted((a, b) => b - a);
}

test("tasks that are as short as handing them over stay with one worker, and wake no other", () =>
  new VirtualHost().run(async () => {
    expect(await sharesOf(300, 1)).toEqual([300, 0]);
  }));

test("inputs that are moved, which occupy a worker as long as handing them over does, are shared out", () =>
  new VirtualHost().run(async () => {
    const [, fewer] = await sharesOf(300, 1, true);
    expect(fewer).toBeGreaterThan(0);
  }));

test("longer ones wake another worker as soon as they would wait for longer than that takes", () =>
  new VirtualHost().run(async () => {
    const [more, fewer] = await sharesOf(20, 50);
    expect(more! + fewer!).toBe(20);
    expect(fewer).toBeGreaterThanOrEqual(8);
  }));
