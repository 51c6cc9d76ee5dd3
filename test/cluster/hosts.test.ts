import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClusterWorker } from "weftwork/cluster";
import { Gate } from "../../src/testing/executor-contract/gate.js";
import { failureOf } from "../../src/testing/executor-contract/expect.js";
import { tasks as laws } from "../../dist/testing/executor-contract/tasks.js";
import { tasks } from "./programs/tasks.js";
import { RedisServer } from "./redis-server.js";
import { cluster, modules, until } from "./setting.js";

let redis: RedisServer;

beforeAll(async () => {
  redis = await RedisServer.start();
}, 60_000);
afterAll(() => redis[Symbol.asyncDispose]());

describe("a host whose Redis is gone", () => {
  test("says so, with its own figures", async () => {
    await using own = await RedisServer.start();
    const options = { connection: own.url, queue: "q", tasks: modules[1]!, slots: 1, port: 0 };
    await using worker = await ClusterWorker.start(options);
    const get = (path: string) => fetch(`http://127.0.0.1:${worker.port}${path}`);
    expect(await (await get("/metrics")).text()).toMatch(/^bullmq_/m);
    await own.kill();
    await until(async () => (await get("/ready")).status === 503);
    const text = await (await get("/metrics")).text();
    expect(text).toMatch(/^weft_host_ready 0$/m);
    expect((await get("/live")).status).toBe(200);
  });

  test("exits at SIGTERM all the same, though a task runs", async () => {
    await using own = await RedisServer.start();
    const { host, open } = cluster(own, { outageMs: 100 });
    await using gate = await Gate.create();
    const leaving = await host({ graceMs: 50 });
    await using executor = open();
    const task = executor.submit(laws.insist, { port: gate.port, name: "held" });
    await gate.arrival("held");
    await own.kill();
    expect(await failureOf(task)).toMatchObject({ code: "BROKEN" }); // by now all know
    expect(await leaving.end("SIGTERM")).toBe(0);
  });
});

test("a task that holds its thread does not cost its host the lock", async () => {
  const { queue, host, open } = cluster(redis);
  const folder = mkdtempSync(join(tmpdir(), "weft-hold-"));
  const file = join(folder, "go-on");
  await using only = await host({ lockMs: 4_000 });
  await using executor = open();
  const task = executor.submit(tasks.blockUntil, file);
  const leftMs = (): number => {
    const locks = redis.cli("--scan", "--pattern", `bull:${queue}:*:lock`).trim();
    return locks === "" ? -1 : Number(redis.cli("pttl", locks));
  };
  let last = 0;
  let renewals = 0;
  await until(() => {
    const left = leftMs();
    if (left > last) renewals += 1;
    last = left;
    return renewals > 2; // the first is no renewal
  });
  writeFileSync(file, "");
  expect(await task).toBe("went on");
  rmSync(folder, { recursive: true });
});

test("a cancel outlives a Redis that forgets it", async () => {
  const { queue, host, open } = cluster(redis, { leaseMs: 3_000 });
  await using gate = await Gate.create();
  await using first = await host();
  await using executor = open();
  const options = { graceMs: Infinity };
  const task = executor.submit(laws.insist, { port: gate.port, name: "held" }, options);
  await gate.arrival("held");
  task.cancel(new Error("not any more"));
  await until(
    () => redis.cli("--scan", "--pattern", `bull:${queue}:weft:controls:*`).trim() !== "",
  );
  redis.cli("FLUSHALL");
  await using second = await host(); // the first is held, whatever it hears
  expect(await failureOf(task)).toMatchObject({ message: "not any more" });
});
