import { afterAll, beforeAll, describe, test } from "vitest";
import { ClusterExecutor } from "weftwork/cluster";
import { executorContract } from "weftwork/testing";
import { usersFor } from "./acl.js";
import { HostProcess } from "./host-process.js";
import { RedisServer } from "./redis-server.js";

/** The tasks of the laws. */
const tasks = new URL("../../dist/testing/executor-contract/tasks.js", import.meta.url).href;

let redis: RedisServer;
const hosts: HostProcess[] = [];

beforeAll(async () => {
  redis = await RedisServer.start(...usersFor("one", "two"));
  const connection = redis.urlOf("host");
  // One queue with one slot, and one with two, on two hosts.
  for (const queue of ["one", "two", "two"])
    hosts.push(await HostProcess.start({ connection, queue, tasks, slots: 1, model: "threads" }));
}, 60_000);

afterAll(async () => {
  await Promise.all(hosts.map((host) => host[Symbol.asyncDispose]()));
  await redis[Symbol.asyncDispose]();
});

describe("the contract of executors, with processes as hosts, and no more rights than documented", () => {
  const open = ({ limit, capacity }: { limit: number; capacity?: number | undefined }) =>
    new ClusterExecutor({
      connection: redis.urlOf("submitter"),
      queue: limit === 1 ? "one" : "two",
      limit,
      capacity,
    });
  for (const { law, run } of executorContract(open, { unnamed: false })) test(law, run);
});
