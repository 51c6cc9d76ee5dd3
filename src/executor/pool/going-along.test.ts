import { expect, test } from "vitest";
import { VirtualHost } from "../../testing/index.js";
import type { WorkerPoolOptions } from "./pool-options.js";
import { type Cold, whileCold } from "./while-cold.js";

const task = (input: string): string => input;

const cold =
  (options: WorkerPoolOptions, law: (cold: Cold) => Promise<void>) => (): Promise<void> =>
    new VirtualHost().run(() => whileCold(options, law));

test(
  "the first task is with its worker before that is ready, and waits there",
  cold({ workers: 2 }, async ({ pool, backend, inputsOf }) => {
    const first = pool.submit(task, "a");
    expect(inputsOf(0)).toEqual(["a"]);
    expect(pool.stats()).toMatchObject({ workers: 1, running: 0, waiting: 1 });
    backend.all[0]!.ready();
    expect(pool.stats()).toMatchObject({ running: 1, waiting: 0 });
    backend.all[0]!.done(1);
    await first;
    expect(inputsOf(0)).toEqual(["a"]);
  }),
);

test(
  "each task that waits has a worker started for it, and only the first goes along",
  cold({ workers: 3 }, async ({ pool, backend, inputsOf }) => {
    const tasks = ["a", "b", "c"].map((input) => pool.submit(task, input));
    expect(backend.all.map((_, i) => inputsOf(i))).toEqual([["a"], [], []]);
    for (const worker of backend.all) worker.ready();
    expect(backend.all.map((_, i) => inputsOf(i))).toEqual([["a"], ["b"], ["c"]]);
    for (const worker of backend.all) worker.done(1);
    await Promise.all(tasks);
  }),
);

test(
  "a more urgent task goes along in place of the first, which is the next one then",
  cold({ workers: 1 }, async ({ pool, backend, inputsOf }) => {
    const later = ["a", "b"].map((input) => pool.submit(task, input));
    const urgent = pool.submit(task, "c", { priority: -1 });
    await Promise.resolve();
    expect(inputsOf(0)).toEqual(["a", "c"]);
    const [worker] = backend.all;
    worker!.ready();
    worker!.gaveBack(1, "a");
    worker!.done(2);
    await urgent;
    worker!.done(3);
    expect(await later[0]).toBe("done");
    worker!.done(4);
    expect(await later[1]).toBe("done");
    expect(inputsOf(0)).toEqual(["a", "c", "a", "b"]);
  }),
);

test(
  "a worker that is ready sooner takes over what was to go along with another",
  cold({ workers: 2 }, async ({ pool, backend, inputsOf }) => {
    const tasks = ["a", "b"].map((input) => pool.submit(task, input));
    const [slow, quick] = backend.all;
    quick!.ready();
    expect(inputsOf(1)).toEqual(["a"]);
    slow!.ready();
    slow!.gaveBack(1, "a"); // as a worker does with a run of an old epoch
    expect(inputsOf(0)).toEqual(["a", "b"]);
    quick!.done(1);
    slow!.done(2);
    await Promise.all(tasks);
    expect(pool.stats()).toMatchObject({ completed: 2, running: 0, waiting: 0 });
  }),
);

test(
  "an input that is moved could not be taken back, so it waits until its worker is there",
  cold({ workers: 1 }, async ({ pool, backend, inputsOf }) => {
    const moved = pool.submit(task, "a", { transfer: [] });
    expect(inputsOf(0)).toEqual([]);
    backend.all[0]!.ready();
    expect(inputsOf(0)).toEqual(["a"]);
    backend.all[0]!.done(1);
    await moved;
  }),
);

test(
  "a task that is cancelled while its worker starts has not run, and leaves the way to the next",
  cold({ workers: 1 }, async ({ pool, backend, inputsOf }) => {
    const first = pool.submit(task, "a");
    const second = pool.submit(task, "b");
    expect(first.cancel()).toBe(true);
    await expect(first).rejects.toThrow("was cancelled");
    expect(inputsOf(0)).toEqual(["a", "b"]);
    backend.all[0]!.ready();
    backend.all[0]!.done(2);
    await second;
  }),
);

test(
  "a worker that has begun, and whose word of it is on the way, is not given another to take along",
  cold({ workers: 1, maxTasksPerWorker: 1 }, async ({ pool, backend, inputsOf }) => {
    const first = pool.submit(task, "a");
    backend.all[0]!.note(1);
    pool.submit(task, "b", { priority: -1 });
    expect(inputsOf(0)).toEqual(["a"]);
    backend.all[0]!.ready();
    backend.all[0]!.done(1);
    await first;
    expect(inputsOf(0)).toEqual(["a"]);
  }),
);
