import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { folder, linesOf, read, type Running, start, weft } from "../cli/weft.js";
import { RedisServer } from "./redis-server.js";
import { until } from "./setting.js";

const MODULE = join(import.meta.dirname, "programs/mapped.js");
const INPUTS = Array.from({ length: 3_000 }, (_, i) => `${i}\n`).join("");

let redis: RedisServer;
let queues = 0;

beforeAll(async () => {
  redis = await RedisServer.start();
}, 60_000);
afterAll(() => redis[Symbol.asyncDispose]());

async function worker(queue: string, model = "threads", cwd = folder()): Promise<Running> {
  const args = ["worker", "--redis", redis.url, "--queue", queue, "--tasks", MODULE];
  const running = start([...args, "--workers", "1", "--model", model], { input: null, cwd });
  await running.said(`serves "${queue}"`);
  return running;
}

const onCluster = (queue: string): string[] => [
  "--model",
  "cluster",
  "--redis",
  redis.url,
  "--queue",
  queue,
];

test("weft map --model cluster gives what it gives at home, and each worker drains at SIGTERM", async () => {
  const queue = `map-${(queues += 1)}`;
  const workers = [await worker(queue), await worker(queue, "processes")];
  const cwd = folder({ "in.txt": INPUTS });
  const map = ["map", `${MODULE}#twice`, "in.txt", "--format", "jsonl"];
  const here = await weft([...map, "--model", "async", "--quiet"], { cwd });
  const there = await weft([...map, ...onCluster(queue), "--quiet"], { cwd });
  expect(there).toEqual(here);
  expect(linesOf(there.stdout)).toHaveLength(6_000);
  for (const { child, ended } of workers) {
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0 });
  }
});

test("a map that was killed goes on with --resume, to the bytes of an undisturbed one", async () => {
  const queue = `map-${(queues += 1)}`;
  const cwd = folder({ "in.txt": INPUTS });
  await worker(queue, "threads", cwd);
  const map = ["map", `${MODULE}#gated`, "in.txt", "--format", "jsonl"];
  const args = [...map, ...onCluster(queue), "--fsync", "5ms", "--out", "out.jsonl"];
  const first = start(args, { cwd });
  await grown(join(cwd, "out.jsonl"));
  first.child.kill("SIGKILL");
  await first.ended;
  const partial = linesOf(read(cwd, "out.jsonl")).length;
  expect(partial).toBeLessThan(3_000);
  writeFileSync(join(cwd, "go-on"), "");
  expect(await weft([...args, "--resume"], { cwd })).toMatchObject({ code: 0 });
  const whole = await weft([...map, "--model", "async", "--quiet"], { cwd });
  expect(read(cwd, "out.jsonl")).toBe(whole.stdout);
});

test("what can't be run says why: no Redis, no queue, no such task, a function without a name", async () => {
  const cwd = folder({ "in.txt": "1\n" });
  const map = ["map", `${MODULE}#twice`, "in.txt", "--quiet"];
  const dead = ["--model", "cluster", "--redis", "redis://127.0.0.1:1", "--queue", "q"];
  const noRedis = await weft([...map, ...dead], { cwd });
  expect(noRedis).toMatchObject({ code: 1, stdout: "" });
  expect(noRedis.stderr).toMatch(/Redis at 127\.0\.0\.1:1 could not be reached.*ECONNREFUSED/);
  const noQueue = await weft([...map, "--model", "cluster", "--redis", redis.url], { cwd });
  expect(noQueue).toMatchObject({ code: 2 });
  const noName = await weft(["map", `${MODULE}#nameless`, "in.txt", ...onCluster("q")], { cwd });
  expect(noName).toMatchObject({ code: 2 });
  expect(noName.stderr).toContain("defineTasks");
  const noModule = ["worker", "--redis", redis.url, "--queue", "q", "--tasks", "./nothing.js"];
  expect(await weft(noModule, { cwd })).toMatchObject({ code: 3 });
  const workerAlone = [
    "worker",
    "--redis",
    "redis://127.0.0.1:1",
    "--queue",
    "q",
    "--tasks",
    MODULE,
  ];
  expect(await weft(workerAlone, { cwd })).toMatchObject({ code: 1 });
});

/** Once the file has grown a little. */
function grown(path: string): Promise<void> {
  return until(() => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) >= 2_000);
}
