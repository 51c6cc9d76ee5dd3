import { expect, test } from "vitest";
import { sleep } from "../../task/index.js";
import { VirtualHost } from "../../testing/index.js";
import { KIND } from "../wire/index.js";
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
