import { afterAll, beforeAll, expect, test } from "vitest";
import { tasks as laws } from "../../dist/testing/executor-contract/tasks.js";
import { Gate } from "../../src/testing/executor-contract/gate.js";
import { tasks } from "./programs/tasks.js";
import { RedisServer } from "./redis-server.js";
import { CALM, cluster, until } from "./setting.js";

const SLOTS = 2;
/** So much is sent for each slot; see `AHEAD`. */
const SENT = 2 * SLOTS;

let redis: RedisServer;

beforeAll(async () => {
  redis = await RedisServer.start();
}, 60_000);
afterAll(() => redis[Symbol.asyncDispose]());

/** How many parcels of submitters Redis holds. */
function parcels(queue: string): number {
  const keys = redis.cli("--scan", "--pattern", `bull:${queue}:*_*`).split("\n");
  return keys.filter((key) => /_\d+$/.test(key)).length;
}

test("what hosts could not soon begin stays with its submitter", async () => {
  const { queue, host, open } = cluster(redis);
  await using gate = await Gate.create();
  await using only = await host({ ...CALM, slots: SLOTS });
  await using executor = open();
  const held = Array.from({ length: 40 }, (_, i) =>
    executor.submit(laws.hold, { port: gate.port, name: `${i}` }),
  );
  await until(() => gate.names.length === SLOTS);
  expect(executor.stats()).toMatchObject({ running: SLOTS, waiting: 40 - SLOTS });
  expect(parcels(queue)).toBe(SLOTS); // nobody knows yet how long they take
  gate.open();
  await Promise.all(held);
  expect(gate.most).toBeLessThanOrEqual(SLOTS);
});

test("a map of an endless source is pulled as it is read, and takes no more of Redis as it goes on", async () => {
  const { queue, host, open } = cluster(redis);
  await using only = await host({ ...CALM, slots: SLOTS });
  await using executor = open();
  let pulled = 0;
  function* endless(): Generator<number> {
    for (;;) yield (pulled += 1);
  }
  let read = 0;
  const ahead: number[] = [];
  const held: number[] = [];
  for await (const square of executor.map(tasks.square, endless(), { chunkSize: 10 })) {
    read += 1;
    expect(square).toBe(read ** 2);
    ahead.push(pulled - read);
    if (read % 500 === 0) held.push(parcels(queue));
    if (read === 3_000) break;
  }
  // A result is told before its job is done.
  expect(Math.max(...held)).toBeLessThanOrEqual(SENT + SLOTS);
  expect(Math.max(...ahead)).toBeLessThanOrEqual((16 * SENT + 1) * 10);
});
