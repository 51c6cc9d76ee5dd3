import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClusterExecutor } from "weftwork/cluster";
import { Gate } from "../../src/testing/executor-contract/gate.js";
import { tasks as laws } from "../../dist/testing/executor-contract/tasks.js";
import type { HostProcess } from "./host-process.js";
import { tasks } from "./programs/tasks.js";
import { Proxy } from "./proxy.js";
import { RedisServer } from "./redis-server.js";
import { CALM, cluster, until } from "./setting.js";

const inputs = Array.from({ length: 600 }, (_, i) => i);
const squares = inputs.map((n) => n * n);

let redis: RedisServer;

beforeAll(async () => {
  redis = await RedisServer.start();
}, 60_000);
afterAll(() => redis[Symbol.asyncDispose]());

/** Maps, and when a third has been read, and again when two thirds have, does `harm`. */
async function mapUnder(
  executor: ClusterExecutor,
  harm: (time: number) => void | Promise<void>,
): Promise<unknown[]> {
  const read: unknown[] = [];
  let times = 0;
  for await (const square of executor.map(tasks.slowSquare, inputs, { chunkSize: 10 })) {
    read.push(square);
    if (read.length % 200 === 0 && read.length < 600) await harm((times += 1));
  }
  return read;
}

describe("every input settles exactly once, with what it gives at home", () => {
  test("when hosts are killed, and others come", async () => {
    const { host, open } = cluster(redis);
    await using first = await host();
    await using second = await host();
    await using executor = open();
    const later: HostProcess[] = [];
    const read = await mapUnder(executor, async (time) => {
      await (time === 1 ? first : second).end("SIGKILL");
      later.push(await host());
    });
    expect(read).toEqual(squares);
    expect(executor.stats()).toMatchObject({ failed: 0, cancelled: 0, running: 0, waiting: 0 });
    for (const each of later) await each[Symbol.asyncDispose]();
  });

  test("when a host stands still for longer than its lock, and goes on", async () => {
    const { host, open } = cluster(redis);
    await using frozen = await host();
    await using gate = await Gate.create();
    await using executor = open();
    const held = executor.submit(laws.hold, { port: gate.port, name: "held" });
    await gate.arrival("held");
    frozen.signal("SIGSTOP");
    await using other = await host();
    await until(() => gate.names.length >= 2);
    gate.open();
    expect(await held).toBe("held");
    frozen.signal("SIGCONT"); // it tells too, of a task that has settled
    expect(await executor.map(tasks.square, inputs).toArray()).toEqual(squares);
    expect(executor.stats().completed).toBeGreaterThan(1);
    expect(executor.stats().failed).toBe(0);
  });

  test("when Redis is killed, and started again", async () => {
    const { host, open } = cluster(redis);
    await using a = await host();
    await using b = await host();
    await using executor = open();
    const read = await mapUnder(executor, async () => {
      await redis.kill();
      await redis.restart();
    });
    expect(read).toEqual(squares);
  });

  test("when Redis forgets everything", async () => {
    const { host, open } = cluster(redis);
    await using a = await host();
    await using executor = open();
    const read = await mapUnder(executor, () => void redis.cli("FLUSHALL"));
    expect(read).toEqual(squares);
  });

  test.each(["cut", "mute"] as const)("when the way of a host is %s", async (harm) => {
    const { host, open } = cluster(redis);
    await using proxy = await Proxy.to(redis.port);
    await using gate = await Gate.create();
    await using cutOff = await host({ connection: proxy.url });
    await using executor = open();
    const held = executor.submit(laws.hold, { port: gate.port, name: "held" });
    await gate.arrival("held");
    proxy[harm]();
    await using other = await host();
    await until(() => gate.names.length >= 2);
    gate.open();
    expect(await held).toBe("held");
    proxy.mend();
    expect(await executor.map(tasks.square, inputs).toArray()).toEqual(squares);
  });

  test("when the way of the submitter is cut", async () => {
    await using proxy = await Proxy.to(redis.port);
    const { host, open } = cluster(redis, { connection: proxy.url });
    await using only = await host();
    await using executor = open();
    const read = await mapUnder(executor, () => {
      proxy.cut();
      proxy.mend();
    });
    expect(read).toEqual(squares);
  });

  test("when a parcel is delivered twice", async () => {
    const { queue, host, open } = cluster(redis);
    await using gate = await Gate.create();
    await using executor = open();
    await using a = await host(CALM);
    const held = executor.submit(laws.hold, { port: gate.port, name: "held" });
    await gate.arrival("held");
    await deliverAgain(redis, queue);
    await using b = await host();
    await until(() => gate.names.length >= 2);
    gate.open();
    expect(await held).toBe("held");
    expect(await executor.map(tasks.square, inputs).toArray()).toEqual(squares);
    expect(executor.stats().failed).toBe(0);
  });
});

/** Puts a copy of the only job of a queue into it. */
async function deliverAgain(redis: RedisServer, name: string): Promise<void> {
  const { Queue } = await import("bullmq");
  const { Redis } = await import("ioredis");
  const connection = new Redis(redis.port, "127.0.0.1", { maxRetriesPerRequest: null });
  const queue = new Queue(name, { connection });
  const [job] = await queue.getJobs(["active"], 0, 0);
  await queue.add("copy", job!.data, { removeOnComplete: true });
  await queue.close();
  connection.disconnect();
}
