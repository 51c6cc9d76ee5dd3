import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tasks as laws } from "../../dist/testing/executor-contract/tasks.js";
import { Gate } from "../../src/testing/executor-contract/gate.js";
import { tasks } from "./programs/tasks.js";
import { RedisServer } from "./redis-server.js";
import { CALM, cluster, until } from "./setting.js";

let redis: RedisServer;

beforeAll(async () => {
  redis = await RedisServer.start();
}, 60_000);
afterAll(() => redis[Symbol.asyncDispose]());

describe("a host", () => {
  test("that gets SIGTERM finishes what runs, takes no more, and exits", async () => {
    const { host, open } = cluster(redis);
    await using gate = await Gate.create();
    const leaving = await host(CALM);
    await using executor = open();
    const held = executor.submit(laws.hold, { port: gate.port, name: "held" });
    await gate.arrival("held");
    const ended = leaving.end("SIGTERM");
    await using other = await host();
    expect(await executor.submit(tasks.square, 3)).toBe(9); // elsewhere
    gate.let("held");
    expect(await held).toBe("held");
    expect(await ended).toBe(0);
    expect(gate.names).toEqual(["held"]);
  });

  test("gives back to the queue what does not end in time", async () => {
    const { host, open } = cluster(redis);
    await using gate = await Gate.create();
    const leaving = await host({ ...CALM, drainMs: 100, graceMs: 50 });
    await using executor = open();
    const held = executor.submit(tasks.holdKey, gate.port);
    await until(() => gate.names.length === 1);
    expect(await leaving.end("SIGTERM")).toBe(0);
    await using other = await host(CALM);
    await until(() => gate.names.length === 2); // and not when the lock has expired
    gate.open();
    const name = await held;
    expect(gate.names[1]).toBe(name);
    const [key] = name.split(" ");
    expect(gate.names[0]).toBe(`${key} 1`);
    expect(name).not.toBe(`${key} 1`); // another delivery of the same
  });

  test("counts while it is there: hosts come and go", async () => {
    const { host, open } = cluster(redis);
    await using executor = open();
    const first = executor.submit(tasks.square, 2); // waits for a host
    await using one = await host({ drainMs: 100, graceMs: 50 });
    expect(await first).toBe(4);
    expect(executor.stats().workers).toBe(1);
    await using two = await host({ slots: 2 });
    await using gate = await Gate.create();
    const held = executor.submit(laws.hold, { port: gate.port, name: "held" });
    await until(() => executor.stats().workers === 3);
    await one.end("SIGTERM");
    await until(() => executor.stats().workers === 2);
    gate.open();
    await held;
  });
});

describe("a submitter", () => {
  test("that is killed leaves no work running, and nothing in Redis for ever", async () => {
    const { queue, host } = cluster(redis);
    await using gate = await Gate.create();
    await using only = await host();
    const program = join(import.meta.dirname, "programs/submitter.js");
    const args = [program, redis.url, queue, String(gate.port)];
    const submitter = spawn(process.execPath, args, { stdio: "inherit" });
    await gate.arrival("orphan");
    submitter.kill("SIGKILL");
    await gate.departure("orphan");
    const keys = redis.cli("--scan", "--pattern", `bull:${queue}:weft:*`).trim().split("\n");
    for (const key of keys.filter((each) => !each.endsWith(":hosts")))
      expect(Number(redis.cli("pttl", key)), key).not.toBe(-1);
  });

  test("that closes leaves nothing of its own, nor of its jobs", async () => {
    const { queue, host, open } = cluster(redis);
    await using only = await host();
    const executor = open();
    expect(await executor.map(tasks.square, [1, 2, 3]).toArray()).toEqual([1, 4, 9]);
    await executor.close();
    // What BullMQ keeps of a queue, and that the host is there.
    const kept = /:(id|meta|events|marker|stalled-check|weft:host.*)$/;
    const left = (): string[] =>
      redis
        .cli("--scan", "--pattern", `bull:${queue}:*`)
        .trim()
        .split("\n")
        .filter((key) => !kept.test(key));
    await until(() => left().length === 0);
    expect(left()).toEqual([]);
  });

  test("gives each input a key of its own, the same whoever runs it", async () => {
    const { host, open } = cluster(redis);
    await using only = await host(CALM);
    await using executor = open();
    const told = await executor.map(tasks.keyOf, [1, 2, 3, 4, 5, 6], { chunkSize: 3 }).toArray();
    expect(new Set(told.map(({ key }) => key)).size).toBe(6);
    expect(told.every(({ attempt }) => attempt === 1)).toBe(true);
    const { key } = await executor.submit(tasks.keyOf, 1);
    expect(told.map((each) => each.key)).not.toContain(key);
  });
});
