import { expect, test } from "vitest";
import { sleep } from "../../task/index.js";
import { VirtualHost } from "../../testing/index.js";
import { type Puppet, Puppets } from "./puppet.js";
import { WorkerPool } from "./worker-pool.js";

const task = (): string => "done";

interface Measured {
  readonly pool: WorkerPool;
  readonly all: readonly Puppet[];
}

/** Two workers that are there, when a task is known to take `tookUs`. */
async function twoWorkers(tookUs: number, maxTasksPerWorker = Infinity): Promise<Measured> {
  const backend = new Puppets();
  const pool = new WorkerPool("Pool", backend, { workers: 2, maxTasksPerWorker });
  const measured = [pool.submit(task, undefined), pool.submit(task, undefined)];
  await sleep(1);
  for (const worker of backend.all) worker.done(1, tookUs);
  await Promise.all(measured);
  return { pool, all: backend.all };
}

/** How `count` tasks, submitted at once, are shared out to two workers, when such a task is known to take `tookUs`. */
async function sharesOf(count: number, tookUs: number, moved = false): Promise<number[]> {
  const { pool, all } = await twoWorkers(tookUs);
  const options = moved ? { transfer: [] } : {};
  const tasks = Array.from({ length: count }, () => pool.submit(task, undefined, options));
  const handed = all.map((worker) => worker.runs.slice(1));
  for (const [i, runs] of handed.entries()) for (const seq of runs) all[i]!.done(seq, tookUs);
  await Promise.all(tasks);
  const closed = pool.close();
  for (const worker of all) worker.exit();
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

/** Two workers that are known to take so long for a task, and as many such tasks, submitted at once. */
async function longOnes(
  count: number,
  options = {},
  { tookUs = 2_000, maxTasksPerWorker = Infinity } = {},
): Promise<Measured> {
  const { pool, all } = await twoWorkers(tookUs, maxTasksPerWorker);
  for (let i = 0; i < count; i += 1) pool.submit(task, undefined, options);
  for (const worker of all) worker.note(2); // each begins with the first that it was sent
  return { pool, all };
}

async function finish({ pool, all }: Measured): Promise<void> {
  const closed = pool.close({ cancelWaiting: true });
  for (const worker of all) for (const seq of worker.runs) worker.done(seq);
  for (const worker of all) worker.exit();
  await closed;
}

test("of tasks that take milliseconds each worker is sent one ahead, and has the next when it is done", () =>
  new VirtualHost().run(async () => {
    const { pool, all } = await longOnes(6);
    expect(all.map(({ runs }) => runs)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(pool.stats()).toMatchObject({ running: 2, waiting: 4 });
    all[0]!.done(2, 2_000);
    expect(all[0]!.runs).toEqual([1, 2, 3, 4]);
    await finish({ pool, all });
  }));

test("what a worker was sent ahead goes to one that has nothing to do", () =>
  new VirtualHost().run(async () => {
    const { pool, all } = await longOnes(3);
    const laden = all.find(({ runs }) => runs.length === 3)!;
    const other = all.find((worker) => worker !== laden)!;
    other.done(2, 2_000);
    await Promise.resolve();
    expect(other.runs).toEqual([1, 2, 3]);
    laden.gaveBack(3, undefined); // when it comes to it
    other.done(3, 2_000);
    laden.done(2, 2_000);
    expect(pool.stats()).toMatchObject({ completed: 5, running: 0, waiting: 0 });
    await finish({ pool, all });
  }));

test("an input that would be moved is not sent ahead of milliseconds: it could not go to another", () =>
  new VirtualHost().run(async () => {
    const { pool, all } = await longOnes(3, { transfer: [] });
    expect(all.map(({ runs }) => runs)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    await finish({ pool, all });
  }));

test("nor is the task of a worker that ends after so many: taken back, it would have ended that worker", () =>
  new VirtualHost().run(async () => {
    const { pool, all } = await longOnes(3, {}, { maxTasksPerWorker: 10 });
    expect(all.map(({ runs }) => runs)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    await finish({ pool, all });
  }));

test("nothing is sent behind one that is known to take long", () =>
  new VirtualHost().run(async () => {
    const { pool, all } = await longOnes(0, {}, { tookUs: 20_000 });
    const shorter = (): number => 1;
    const measured = pool.submit(shorter, undefined);
    all.find(({ runs }) => runs.length === 2)!.done(2, 1_000);
    await measured;
    const long = [pool.submit(task, undefined), pool.submit(task, undefined)];
    pool.submit(shorter, undefined);
    expect(all.reduce((sum, { runs }) => sum + runs.length, 0)).toBe(5);
    for (const worker of all) worker.done(worker.runs.at(-1)!, 20_000);
    await Promise.all(long);
    await finish({ pool, all });
  }));
