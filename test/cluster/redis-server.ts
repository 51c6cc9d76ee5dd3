import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
// @ts-expect-error: a script, of which there are no declarations
import { provide } from "../../scripts/steps/debian.js";

/** A real Redis of a test's own: on a free port of this machine, with a log of its own, gone at the end. */
export class RedisServer implements AsyncDisposable {
  readonly port: number;
  readonly #folder: string;
  readonly #settings: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, folder: string, settings: readonly string[]) {
    this.port = port;
    this.#folder = folder;
    this.#settings = settings;
  }

  /** `settings` are lines of redis.conf; without them it appends to a file, and syncs it each second. */
  static async start(...settings: string[]): Promise<RedisServer> {
    requireRedis();
    const folder = mkdtempSync(join(tmpdir(), "weft-redis-"));
    const server = new RedisServer(await freePort(), folder, settings);
    await server.restart();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** As a user that has no other rights than `aclOf` gives. */
  urlOf(user: string): string {
    return `redis://${user}:secret@127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#process!.pid!;
  }

  /** Starts it with the data that it had. */
  async restart(): Promise<void> {
    const lines = [
      `port ${this.port}`,
      "bind 127.0.0.1",
      `dir ${this.#folder}`,
      'save ""',
      "appendonly yes",
      "appendfsync everysec",
      "maxmemory-policy noeviction",
      ...this.#settings,
    ];
    const file = join(this.#folder, "redis.conf");
    writeFileSync(file, `${lines.join("\n")}\n`);
    this.#process = spawn("redis-server", [file], { stdio: "ignore" });
    await answers(this.port);
  }

  /** As `kill -9` does. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Runs a command by redis-cli, and gives what it prints. */
  cli(...words: string[]): string {
    return execFileSync("redis-cli", ["-p", String(this.port), ...words], { encoding: "utf8" });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    child.kill(signal);
    await exit;
  }
}

/** Finds `redis-server`, or installs it. These tests are not skipped: they prove what the package promises. */
function requireRedis(): void {
  if ((provide({ "redis-server": "redis-server" }) as string[]).length === 0) return;
  throw new Error(
    "these tests need redis-server (7 or newer) on the PATH: install Debian's package redis-server, " +
      "or https://redis.io/docs/latest/operate/oss_and_stack/install/",
  );
}

/**
 * Below those that the system gives to outgoing connections: while a server is down, one of its clients could be
 * given its port, and would speak with itself.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 18_000);
    const server = createServer().listen(port, "127.0.0.1");
    const isFree = await once(server, "listening").catch(() => undefined);
    if (isFree === undefined) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}

/** Once it takes commands. It reads its file first, and says LOADING until it has. */
async function answers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 3_000; attempt += 1) {
    if ((await ping(port)).startsWith("+PONG")) return;
    await delay(20);
  }
  throw new Error(`redis-server on port ${port} did not start within a minute`);
}

function ping(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.once("data", (bytes) => {
      resolve(String(bytes));
      socket.destroy();
    });
    socket.once("error", () => resolve(""));
  });
}
