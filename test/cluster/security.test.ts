import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { createServer } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClusterWorker } from "weftwork/cluster";
import { failureOf } from "../../src/testing/executor-contract/expect.js";
import { SUBMITTER } from "./acl.js";
import { tasks } from "./programs/tasks.js";
import { RedisServer } from "./redis-server.js";
import { cluster, modules, until } from "./setting.js";

// Of this machine's own name, for these tests alone: `openssl req -x509` made them, for a hundred years.
const [key, cert] = ["key", "cert"].map((name) =>
  readFileSync(new URL(`tls/${name}.pem`, import.meta.url), "utf8"),
);

const withoutScripts = `${SUBMITTER.replace(" +eval +evalsha", "")} +subscribe`;
const withoutStreams = SUBMITTER.replace(" +@stream", " +xadd +xtrim");
const user = (name: string, rights: string): string =>
  `user ${name} on >secret allkeys allchannels ${rights}`;

let redis: RedisServer;

beforeAll(async () => {
  redis = await RedisServer.start(user("deaf", withoutStreams), user("dumb", withoutScripts));
}, 60_000);
afterAll(() => redis[Symbol.asyncDispose]());

/** What TLS ends at, before Redis. */
async function tlsServer(port: number): Promise<{ port: number } & AsyncDisposable> {
  const server = createServer({ key, cert }, (near) => {
    const far = connect(port, "127.0.0.1");
    near.on("error", () => far.destroy()).pipe(far);
    far.on("error", () => near.destroy()).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const dispose = (): Promise<void> => new Promise((resolve) => void server.close(() => resolve()));
  const at = (server.address() as { port: number }).port;
  return { port: at, [Symbol.asyncDispose]: dispose };
}

test("a host whose rights are too narrow says so: it would only stand there", async () => {
  const warned: string[] = [];
  const hear = ({ name, message }: Error): void =>
    void (name === "ClusterHost" && warned.push(message));
  process.on("warning", hear);
  const options = { connection: redis.urlOf("dumb"), queue: "q", tasks: modules[1]!, slots: 1 };
  await using worker = await ClusterWorker.start(options);
  await until(() => warned.length > 0);
  process.off("warning", hear);
  expect(worker.stats().ready).toBe(true);
  expect(warned[0]).toMatch(/^Redis refuses what a host of the queue "q" asks: NOPERM/);
});

describe("a connection by TLS", () => {
  test("carries tasks and results", async () => {
    await using server = await tlsServer(redis.port);
    const connection = {
      host: "localhost",
      port: server.port,
      tls: { ca: cert, servername: "localhost" },
    };
    const { host, open } = cluster(redis, { connection });
    await using only = await host({ connection });
    await using executor = open();
    expect(await executor.map(tasks.square, [1, 2, 3]).toArray()).toEqual([1, 4, 9]);
  });

  test("to whom no authority vouches for is refused, and the error says so", async () => {
    await using server = await tlsServer(redis.port);
    const connection = `rediss://localhost:${server.port}`;
    const { open } = cluster(redis, { connection, connectTimeoutMs: 4_000 });
    await using executor = open();
    expect(await failureOf(executor.submit(tasks.square, 1))).toMatchObject({
      code: "BROKEN",
      message: expect.stringMatching(/self-signed certificate/),
    });
  });
});

test.each([
  ["deaf", /NOPERM.*'xread'/],
  ["dumb", /NOPERM.*'eval(sha)?'/],
])(
  "a user whose rights are too narrow (%s) hears of it, though parts of what is asked are granted",
  async (name, said) => {
    const { host, open } = cluster(redis, { connection: redis.urlOf(name), outageMs: 1_500 });
    await using only = await host();
    await using executor = open();
    expect(await failureOf(executor.submit(tasks.square, 1))).toMatchObject({
      code: "BROKEN",
      message: expect.stringMatching(said),
    });
  },
);
