import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClusterExecutor, ClusterWorker } from "weftwork/cluster";
import { failureOf } from "../../src/testing/executor-contract/expect.js";
import { Gate } from "../../src/testing/executor-contract/gate.js";
import { tasks as laws } from "../../dist/testing/executor-contract/tasks.js";
import { tasks } from "./programs/tasks.js";
import { RedisServer } from "./redis-server.js";
import { cluster, modules, until } from "./setting.js";

let redis: RedisServer;

beforeAll(async () => {
  redis = await RedisServer.start();
}, 60_000);
afterAll(() => redis[Symbol.asyncDispose]());

const NOWHERE = { host: "127.0.0.1", port: 1 };

describe("without Redis", () => {
  test("tasks fail, at first after connectTimeoutMs, and the executor closes", async () => {
    const executor = new ClusterExecutor({
      connection: NOWHERE,
      queue: "q",
      connectTimeoutMs: 2_000,
    });
    const both = [executor.submit(tasks.square, 1), executor.submit(tasks.square, 2)];
    for (const task of both)
      expect(await failureOf(task)).toMatchObject({
        code: "BROKEN",
        message: expect.stringMatching(/Redis at 127\.0\.0\.1:1 .* within 2000 ms: .*ECONNREFUSED/),
      });
    expect(await failureOf(executor.submit(tasks.square, 3))).toBe(executor.broken);
    await executor.close();
  });

  test("a host does not start", async () => {
    const options = { connection: NOWHERE, queue: "q", tasks: modules[1]!, connectTimeoutMs: 300 };
    expect(await failureOf(ClusterWorker.start(options))).toMatchObject({ code: "BROKEN" });
  });

  test("with the wrong password all is told at once", async () => {
    const connection = { port: redis.port, username: "nobody", password: "wrong" };
    const executor = new ClusterExecutor({ connection, queue: "q", connectTimeoutMs: 60_000 });
    const error = (await failureOf(executor.submit(tasks.square, 1))) as Error;
    expect(error.message).toMatch(/WRONGPASS/);
    expect(error.message).not.toContain('wrong"');
    await executor.close();
  });

  test("for outageMs, all that is under way fails, and so does what comes", async () => {
    await using own = await RedisServer.start();
    const { host, open } = cluster(own, { outageMs: 500 });
    await using only = await host();
    await using gate = await Gate.create();
    const executor = open();
    const held = executor.submit(laws.hold, { port: gate.port, name: "held" });
    await gate.arrival("held");
    const waiting = executor.submit(tasks.square, 1);
    await own.kill();
    for (const task of [held, waiting])
      expect(await failureOf(task)).toMatchObject({ code: "BROKEN" });
    gate.open();
    await executor.close();
  });
});

describe("a Redis that refuses", () => {
  test.each([
    ["full", "OOM", ["config set maxmemory 1", "config set maxmemory 0"]],
    ["read-only", "READONLY", ["replicaof 127.0.0.1 1", "replicaof no one"]],
  ] as const)("is waited for while it is %s", async (_, said, [worse, better]) => {
    await using own = await RedisServer.start();
    const { host, open } = cluster(own);
    await using only = await host();
    await using executor = open();
    expect(await executor.submit(tasks.square, 2)).toBe(4);
    own.cli(...worse.split(" "));
    const task = executor.submit(tasks.square, 3);
    await until(() => own.cli("info", "errorstats").includes(`errorstat_${said}`));
    expect(task.state).toBe("running");
    own.cli(...better.split(" "));
    expect(await task).toBe(9);
  });

  test("for outageMs fails what waits for it, with what it said", async () => {
    await using own = await RedisServer.start();
    const { host, open } = cluster(own, { outageMs: 1_000 });
    await using only = await host();
    const executor = open();
    expect(await executor.submit(tasks.square, 2)).toBe(4);
    own.cli("config", "set", "maxmemory", "1");
    const error = (await failureOf(executor.submit(tasks.square, 3))) as Error;
    expect(error).toMatchObject({ code: "BROKEN", message: expect.stringMatching(/OOM/) });
    await executor.close();
  });
});

describe("what can't be run or sent costs one task", () => {
  test("too large an input, too large an output, a name that the host does not know", async () => {
    const { host, open } = cluster(redis, { maxPayloadBytes: 1_000 });
    await using only = await host({ maxPayloadBytes: 2_000 });
    await using executor = open();
    for (const [task, limit] of [
      [
        executor.submit(laws.echo, "x".repeat(1_001)),
        /input .* 1002 bytes .* maxPayloadBytes is 1000/,
      ],
      [executor.submit(tasks.big, 3_000), /gave is 3001 bytes .* maxPayloadBytes is 2000/],
    ] as const)
      expect(await failureOf(task)).toMatchObject({
        code: "TOO_LARGE",
        message: expect.stringMatching(limit),
      });
    const { defineTasks } = await import("weftwork/tasks");
    const here = defineTasks("file:///only-here.js", { onlyHere: (n: number) => n });
    expect(await failureOf(executor.submit(here.onlyHere, 1))).toMatchObject({
      code: "NO_SUCH_TASK",
      message: expect.stringMatching(/no task "onlyHere"; it has .*square/),
    });
    expect(await executor.submit(tasks.square, 5)).toBe(25);
  });

  test("jobs and replies that no weftwork wrote", async () => {
    const { queue, host, open } = cluster(redis);
    const connection = new Redis(redis.port, "127.0.0.1", { maxRetriesPerRequest: null });
    const stranger = new Queue(queue, { connection });
    const evil = JSON.parse(
      '{"v":1,"s":"x","runs":[{"n":1,"t":"constructor","i":"u","__proto__":{"u":1}}]}',
    );
    for (const data of [null, 7, {}, { v: 2 }, { v: 1, s: "../x", runs: [] }, evil])
      await stranger.add("junk", data, { removeOnFail: true });
    await using only = await host();
    await using executor = open();
    expect(await executor.submit(tasks.square, 5)).toBe(25);
    const [replies] = await connection.keys(`bull:${queue}:weft:replies:*`);
    for (const text of ["", "no JSON", "[1]", '[{"kind":9,"n":1}]', '{"__proto__":[]}'])
      await connection.xadd(replies!, "*", "f", text);
    await connection.publish(`bull:${queue}:weft:orders`, "no order");
    expect(await executor.map(tasks.square, [1, 2, 3]).toArray()).toEqual([1, 4, 9]);
    await stranger.close();
    connection.disconnect();
  });

  test("a task that kills its hosts is given up", async () => {
    const { host, open } = cluster(redis);
    await using executor = open();
    const poison = executor.submit(tasks.killHost, 0);
    await using a = await host({ maxDeliveries: 2 });
    await until(() => a.exited);
    await using b = await host({ maxDeliveries: 2 });
    await until(() => b.exited);
    await using c = await host({ maxDeliveries: 2, lockMs: 60_000 });
    expect(await failureOf(poison)).toMatchObject({
      code: "WORKER_LOST",
      message: expect.stringMatching(/killHost.*time and again.*stalled/),
    });
    expect(await executor.submit(tasks.square, 5)).toBe(25);
    expect(c.exited).toBe(false);
  });
});

test("a host answers probes, and tells how it is and how the queue is", async () => {
  const options = { connection: redis.url, queue: "probed", tasks: modules[1]!, slots: 2, port: 0 };
  await using worker = await ClusterWorker.start(options);
  await using executor = new ClusterExecutor({ connection: redis.url, queue: "probed" });
  await executor.submit(laws.echo, 3);
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${worker.port}${path}`);
    return { status: response.status, text: await response.text() };
  };
  expect(await get("/live")).toEqual({ status: 200, text: "live\n" });
  expect(await get("/ready")).toEqual({ status: 200, text: "ready\n" });
  expect(await get("/nothing")).toMatchObject({ status: 404 });
  const { text } = await get("/metrics");
  expect(text).toMatch(/^weft_host_slots 2$/m);
  expect(text).toMatch(/^weft_host_completed_total 1$/m);
  expect(text).toMatch(/^bullmq_job_count\{queue="probed", state="waiting"\} 0$/m);
  await using gate = await Gate.create();
  const held = executor.submit(laws.hold, { port: gate.port, name: "held" });
  await gate.arrival("held");
  const closing = worker.close({ drainMs: 60_000 });
  expect(await get("/ready")).toMatchObject({ status: 503 });
  gate.open();
  expect(await held).toBe("held");
  await closing;
});
