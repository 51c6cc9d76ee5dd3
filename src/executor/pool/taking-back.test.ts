import { expect, test } from "vitest";
import { sleep } from "../../task/index.js";
import { VirtualHost } from "../../testing/index.js";
import { KIND, WORD } from "../wire/index.js";
import { Puppets } from "./puppet.js";
import { WorkerPool } from "./worker-pool.js";

const task = (): string => "done";

test("a worker that was to end after its last task ends also if that one is taken back", () =>
  new VirtualHost().run(async () => {
    const backend = new Puppets();
    const pool = new WorkerPool("Pool", backend, { workers: 1, maxTasksPerWorker: 1 });
    const first = pool.submit(task, undefined);
    await sleep(1);
    expect(backend.all[0]!.runs).toEqual([1]);
    first.cancel();
    await expect(first).rejects.toThrow("cancelled");
    expect(backend.all[0]!.sent.at(-1)).toEqual([KIND.close, 0, undefined]);
    const second = pool.submit(task, undefined);
    backend.all[0]!.exit();
    await sleep(1);
    backend.all[1]!.done(1);
    expect(await second).toBe("done");
    backend.all[1]!.exit();
    await pool.close();
  }));

test("a worker that does not answer is sent nothing ahead until it does", () =>
  new VirtualHost().run(async () => {
    const backend = new Puppets();
    const pool = new WorkerPool("Pool", backend, { workers: 1 });
    const measured = pool.submit(task, undefined);
    await sleep(1);
    const [worker] = backend.all;
    worker!.done(1);
    await measured;
    const tasks = Array.from({ length: 10 }, () => pool.submit(task, undefined));
    worker!.note(2);
    expect(worker!.runs).toHaveLength(11); // all of them: they have been short
    await sleep(1_000); // it is busy with run 2
    expect(worker!.runs).toHaveLength(11);
    worker!.done(2);
    await sleep(1);
    expect(worker!.runs).toHaveLength(20); // the nine again
    for (const seq of worker!.runs.slice(11)) worker!.done(seq);
    await Promise.all(tasks);
    const closed = pool.close();
    worker!.exit();
    await closed;
  }));

test("an input that was moved is sent again only as its worker gave it back", () =>
  new VirtualHost().run(async () => {
    const backend = new Puppets();
    const pool = new WorkerPool("Pool", backend, { workers: 1 });
    const measured = pool.submit(task, undefined);
    await sleep(1);
    const [worker] = backend.all;
    worker!.done(1);
    await measured; // it is short, so others are sent ahead
    const moved = new ArrayBuffer(8);
    const first = pool.submit(task, undefined);
    const second = pool.submit(task as (bytes: ArrayBuffer) => string, moved, {
      transfer: [moved],
    });
    const third = pool.submit(task, undefined);
    expect(worker!.runs).toEqual([1, 2, 3, 4]);
    worker!.note(2);
    third.cancel(); // all that has not started is asked for back
    await expect(third).rejects.toThrow("cancelled");
    await sleep(1);
    expect(worker!.runs).toEqual([1, 2, 3, 4]);
    worker!.done(2);
    await first;
    await sleep(1);
    expect(worker!.runs).toEqual([1, 2, 3, 4]); // its input is not here
    const back = new ArrayBuffer(8);
    worker!.gaveBack(3, back);
    await sleep(1);
    expect(worker!.runs).toEqual([1, 2, 3, 4, 5]);
    expect(worker!.sent.at(-1)![2]).toBe(back);
    worker!.done(5);
    expect(await second).toBe("done");
    const closed = pool.close();
    worker!.exit();
    await closed;
  }));

test("an input that was moved is lost with its worker, started or not", () =>
  new VirtualHost().run(async () => {
    const backend = new Puppets();
    const pool = new WorkerPool("Pool", backend, { workers: 1 });
    const moved = new ArrayBuffer(8);
    const lost = pool.submit((bytes: ArrayBuffer) => bytes, moved, { transfer: [moved] });
    await sleep(1);
    backend.all[0]!.exit();
    await expect(lost).rejects.toMatchObject({ code: "WORKER_LOST" });
    await pool.close();
  }));

test("a worker that a settled task left without a turn gets nothing until it answers", () =>
  new VirtualHost().run(async () => {
    const backend = new Puppets();
    const pool = new WorkerPool("Pool", backend, { workers: 2, graceMs: 500 });
    const first = pool.submit(task, undefined);
    await sleep(1);
    const [worker] = backend.all;
    worker!.done(1, 1e6); // so long that nothing is sent ahead
    await first;
    const second = pool.submit(task, undefined);
    expect(worker!.runs).toEqual([1, 2]);
    await sleep(120); // it doesn't start run 2
    const [, other] = backend.all;
    expect(other!.runs).toEqual([1]);
    other!.note(1);
    const third = pool.submit(task, undefined);
    expect(pool.stats()).toMatchObject({ running: 1, waiting: 1 });
    worker!.gaveBack(2, undefined);
    expect(worker!.runs).toEqual([1, 2, 3]);
    worker!.done(3);
    other!.done(1);
    await Promise.all([second, third]);
    await sleep(1_000);
    expect(pool.stats().workers).toBe(2); // it answered within the grace
    const closed = pool.close();
    for (const puppet of backend.all) puppet.exit();
    await closed;
  }));

test("a worker that a settled task left without a turn is replaced after the grace", () =>
  new VirtualHost().run(async () => {
    const backend = new Puppets();
    const pool = new WorkerPool("Pool", backend, { workers: 1, graceMs: 500 });
    const first = pool.submit(task, undefined);
    await sleep(1);
    backend.all[0]!.done(1);
    await first;
    const second = pool.submit(task, undefined);
    const moved = new ArrayBuffer(8);
    const third = pool.submit((bytes: ArrayBuffer) => bytes, moved, { transfer: [moved] });
    await sleep(550);
    expect([backend.all.length, pool.stats().waiting]).toEqual([1, 2]);
    await sleep(100);
    backend.all[1]!.done(1);
    backend.all[1]!.done(2);
    expect([await second, await third]).toEqual(["done", "done"]);
    const closed = pool.close();
    backend.all[1]!.exit();
    await closed;
  }));

test("a worker that starts its run as that is asked for back keeps it, whatever it takes", () =>
  new VirtualHost().run(async () => {
    const backend = new Puppets();
    const pool = new WorkerPool("Pool", backend, { workers: 1, graceMs: 500 });
    const run = pool.submit(task, undefined);
    await sleep(1);
    const [worker] = backend.all;
    const { words } = worker!;
    const store = words.store;
    words.store = (index, value) => {
      if (index === WORD.epoch) worker!.note(1);
      store(index, value);
    };
    await sleep(10_000);
    worker!.done(1);
    expect(await run).toBe("done");
    expect(pool.stats().workers).toBe(1);
    const closed = pool.close();
    worker!.exit();
    await closed;
  }));
