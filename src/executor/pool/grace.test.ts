import { expect, test } from "vitest";
import { sleep } from "../../task/index.js";
import { VirtualHost } from "../../testing/index.js";
import { KIND, WORD } from "../wire/index.js";
import { Puppets } from "./puppet.js";
import { WorkerPool } from "./worker-pool.js";

const task = (): string => "done";

// After a loop that was held up, timers that are due come first, and then what the workers said meanwhile.

test("an answer that has come when the grace ends is heard before its worker is killed", () =>
  new VirtualHost().run(async () => {
    const backend = new Puppets();
    const pool = new WorkerPool("Pool", backend, { workers: 1, graceMs: 500 });
    const run = pool.submit(task, undefined);
    await sleep(1);
    const [worker] = backend.all;
    worker!.note(1);
    run.cancel();
    await sleep(500);
    worker!.done(1);
    expect(await run).toBe("done");
    await sleep(1_000);
    expect(pool.stats().workers).toBe(1);
    const closed = pool.close();
    worker!.exit();
    await closed;
  }));

test("a worker that has got ready when its time to start ends is not taken for one that has not", () =>
  new VirtualHost().run(async () => {
    const backend = new Puppets();
    backend.readyAtOnce = false;
    const pool = new WorkerPool("Pool", backend, { workers: 1, startTimeoutMs: 500 });
    const run = pool.submit(task, undefined);
    await sleep(500);
    const [worker] = backend.all;
    worker!.events.frame(KIND.ready, 0, 0, 0, undefined);
    worker!.done(1);
    expect(await run).toBe("done");
    expect(backend.all).toHaveLength(1);
    const closed = pool.close();
    worker!.exit();
    await closed;
  }));

test("an input that takes long to read is given more time by each worker, until it is read", () =>
  new VirtualHost().run(async () => {
    const backend = new Puppets();
    const pool = new WorkerPool("Pool", backend, { workers: 1, graceMs: 100 });
    const run = pool.submit(task, undefined);
    await sleep(1);
    while (run.state === "running") {
      const worker = backend.all.at(-1)!;
      const seq = worker.runs.at(-1)!;
      const epoch = worker.words.load(WORD.epoch);
      await sleep(3_000);
      if (worker !== backend.all.at(-1)) continue; // it was killed meanwhile
      if (worker.words.load(WORD.epoch) === epoch) worker.done(seq);
      else worker.gaveBack(seq, undefined);
      await sleep(1);
    }
    expect(await run).toBe("done");
    const closed = pool.close();
    backend.all.at(-1)!.exit();
    await closed;
  }));
