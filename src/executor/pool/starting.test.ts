import { expect, test } from "vitest";
import { sleep } from "../../task/index.js";
import { KIND } from "../wire/index.js";
import { VirtualHost } from "../../testing/index.js";
import type { WorkerPoolOptions } from "./pool-options.js";
import { type Cold, whileCold } from "./while-cold.js";

const task = (input: string): string => input;

const cold =
  (options: WorkerPoolOptions, law: (cold: Cold) => Promise<void>) => (): Promise<void> =>
    new VirtualHost().run(() => whileCold(options, law));

test(
  "a worker that dies as it starts has not begun what came along: the next one does",
  cold({ workers: 1 }, async ({ pool, backend, inputsOf }) => {
    const only = pool.submit(task, "a");
    backend.all[0]!.exit();
    await sleep(1);
    expect(inputsOf(1)).toEqual(["a"]);
    backend.all[1]!.ready();
    backend.all[1]!.done(1);
    await only;
  }),
);

test(
  "a worker whose time to start is over is not ended if it has begun what came along",
  cold({ workers: 1, startTimeoutMs: 100 }, async ({ pool, backend }) => {
    const only = pool.submit(task, "a");
    const [worker] = backend.all;
    worker!.note(1); // it is there, and this thread was too busy to hear so
    await sleep(200);
    worker!.ready();
    worker!.done(1);
    expect(await only).toBe("done");
    expect(backend.all).toHaveLength(1);
  }),
);

test(
  "a worker whose time to start is over leaves what was to come along to the next",
  cold({ workers: 1, startTimeoutMs: 100 }, async ({ pool, backend, inputsOf }) => {
    const only = pool.submit(task, "a");
    await sleep(200);
    expect(inputsOf(1)).toEqual(["a"]);
    backend.all[1]!.ready();
    backend.all[1]!.done(1);
    expect(await only).toBe("done");
  }),
);

test(
  "what came along counts against the tasks that a worker may be given",
  cold({ workers: 1, maxTasksPerWorker: 1 }, async ({ pool, backend, inputsOf }) => {
    const tasks = ["a", "b"].map((input) => pool.submit(task, input));
    const [worker] = backend.all;
    worker!.ready();
    expect(inputsOf(0)).toEqual(["a"]);
    worker!.done(1);
    await tasks[0];
    expect(worker!.sent.at(-1)?.[0]).toBe(KIND.close);
    worker!.exit();
    await sleep(1);
    expect(inputsOf(1)).toEqual(["b"]);
    backend.all[1]!.ready();
    backend.all[1]!.done(1);
    await tasks[1];
  }),
);

test(
  "a worker whose first task could not be sent gets the next, also if it was to run one only",
  cold({ workers: 1, maxTasksPerWorker: 1 }, async ({ pool, backend, inputsOf }) => {
    await expect(pool.submit(task, (() => {}) as never)).rejects.toThrow("can't be sent");
    backend.all[0]!.ready();
    const next = pool.submit(task, "b");
    expect(inputsOf(0)).toEqual(["b"]);
    backend.all[0]!.done(2);
    expect(await next).toBe("done");
  }),
);

test(
  "workers that die as they start break the pool also if each was to run one task only",
  cold({ workers: 1, maxTasksPerWorker: 1 }, async ({ pool, backend }) => {
    const only = pool.submit(task, "a");
    for (let i = 0; i < 3; i += 1) {
      backend.all[i]!.exit();
      await sleep(1);
    }
    await expect(only).rejects.toMatchObject({ code: "BROKEN" });
    expect(backend.all).toHaveLength(3);
  }),
);
