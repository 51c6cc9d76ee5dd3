import type { Queue, Worker } from "bullmq";
import { host } from "../../../core/index.js";
import { OneTimer } from "../../jobs/index.js";
import type { WorkerPool } from "../../pool/index.js";
import { ProcessExecutor } from "../../process/index.js";
import { ThreadExecutor } from "../../thread/index.js";
import { loadPeers, type Peers, RedisLink } from "../redis/index.js";
import { keysOf } from "../wire/index.js";
import { HealthPort } from "./health-port.js";
import { queueMetrics } from "./queue-metrics.js";
import { newQueueWorker } from "./queue-worker.js";
import { type ClusterWorkerOptions, type HostPlan, hostPlanOf } from "./options.js";
import { ParcelDesk } from "./parcel-desk.js";
import { ReplyWriter } from "./reply-writer.js";
import { RosterEntry } from "./roster-entry.js";
import type { ClusterWorkerStats } from "./stats.js";
import { Submitters } from "./submitters.js";
import { TaskBook } from "./task-book.js";
import { within } from "./within.js";

const TICK_MS = 1_000;
const SILENCE_MS = 15_000;
/** How long Redis may take for the last words. */
const LAST_WORDS_MS = 2_000;

/**
 * Serves the queue of a cluster on this machine: takes parcels, runs their tasks in threads or processes, and
 * tells their submitters. It runs what its own modules have named by `defineTasks`, and nothing else.
 *
 * Closing drains: it takes no more, what runs has `drainMs` to end, and the rest goes back to the queue.
 *
 * Errors: `BROKEN` if Redis can't be reached within `connectTimeoutMs`, or if the packages it needs are not
 * installed; those of loading the modules.
 *
 * @example no-run: needs Redis
 * const tasks = new URL("./tasks.js", import.meta.url);
 * await using worker = await ClusterWorker.start({ connection: "redis://127.0.0.1", queue: "images", tasks });
 */
export class ClusterWorker implements AsyncDisposable {
  readonly #plan: HostPlan;
  readonly #pool: WorkerPool;
  readonly #main: RedisLink;
  readonly #hearing: RedisLink;
  readonly #replies: ReplyWriter;
  readonly #submitters: Submitters;
  readonly #roster: RosterEntry;
  readonly #book: TaskBook;
  readonly #desk: ParcelDesk;
  readonly #ticker = new OneTimer();
  readonly #outage = new OneTimer();
  readonly #worker: Worker;
  /** For its metrics. */
  readonly #queue: Queue;
  #health: HealthPort | undefined;
  #closing: Promise<void> | undefined;

  private constructor(plan: HostPlan, book: TaskBook, links: [RedisLink, RedisLink], peers: Peers) {
    const { queue, prefix, slots, graceMs, name } = plan;
    const keys = keysOf(prefix, queue);
    const id = `${name}-${process.pid}-${host.random().toString(36).slice(2, 10)}`;
    const pool = { workers: slots, graceMs, capacity: Infinity, name: `host ${name}` };
    this.#plan = plan;
    this.#book = book;
    [this.#main, this.#hearing] = links;
    this.#pool = plan.model === "threads" ? new ThreadExecutor(pool) : new ProcessExecutor(pool);
    this.#replies = new ReplyWriter(this.#main.client, keys);
    this.#submitters = new Submitters(this.#main.client, keys);
    this.#roster = new RosterEntry(this.#main.client, keys, id);
    const { maxPayloadBytes } = plan;
    const at = { pool: this.#pool, book, replies: this.#replies, maxPayloadBytes };
    this.#desk = new ParcelDesk(at, this.#submitters, peers.bullmq.WaitingError);
    this.#queue = new peers.bullmq.Queue(queue, { connection: this.#main.client, prefix });
    this.#queue.on("error", () => {}); // whoever asks is told
    this.#worker = newQueueWorker(peers, plan, this.#main, this.#desk);
  }

  /** Loads the modules, connects, and begins to take parcels. */
  static async start(options: ClusterWorkerOptions): Promise<ClusterWorker> {
    const plan = hostPlanOf(options);
    const peers = await loadPeers();
    const book = await TaskBook.load(plan.modules, plan.resolve);
    const { connection, queue, connectTimeoutMs } = plan;
    const link = (name: string): RedisLink =>
      new RedisLink(peers, { connection, name: `weft:${queue}:${name}`, silenceMs: SILENCE_MS });
    const links: [RedisLink, RedisLink] = [link("host"), link("orders")];
    const connected = Promise.all(links.map((each) => each.connect(connectTimeoutMs)));
    await connected.catch((error: unknown) => {
      for (const each of links) each.close(); // one may be there, and would keep the process alive
      throw error;
    });
    const worker = new ClusterWorker(plan, book, links, peers);
    try {
      await worker.#begin();
    } catch (error) {
      await worker.close({ drainMs: 0 });
      throw error;
    }
    return worker;
  }

  /** Where it answers probes, if it does. */
  get port(): number | undefined {
    return this.#health?.port;
  }

  /** The tasks that it runs. */
  get tasks(): readonly string[] {
    return this.#book.names;
  }

  stats(): ClusterWorkerStats {
    const { running, waiting, completed, failed, cancelled } = this.#pool.stats();
    const ready = this.#closing === undefined && this.#main.up && this.#worker.isRunning();
    const { slots } = this.#plan;
    const { parcels, abandoned } = this.#desk;
    return { parcels, slots, running, waiting, completed, failed, cancelled, abandoned, ready };
  }

  /** Takes no more, and resolves when nothing runs here. `drainMs` in place of that of the options. */
  close({ drainMs = this.#plan.drainMs }: { readonly drainMs?: number } = {}): Promise<void> {
    this.#closing ??= Promise.resolve().then(() => this.#close(drainMs));
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #begin(): Promise<void> {
    const worker = this.#worker;
    const { orders } = keysOf(this.#plan.prefix, this.#plan.queue);
    this.#hearing.client.on("message", (_, text) => this.#submitters.hear(text));
    await this.#hearing.client.subscribe(orders);
    await worker.waitUntilReady();
    await this.#roster.renew(this.#plan.slots);
    this.#hearing.onChange = (up) => {
      if (up) this.#look(); // what was published meanwhile was lost
    };
    this.#main.onChange = (up) => this.#watchOutage(up);
    this.#tick();
    void worker.run().catch(() => {});
    const { port } = this.#plan;
    const metrics = (): Promise<string> => queueMetrics(this.#queue, this.#main.up);
    const source = { stats: () => this.stats(), queueMetrics: metrics };
    if (port !== undefined) this.#health = await HealthPort.open(port, source);
  }

  #tick(): void {
    this.#ticker.start(() => this.#tick(), TICK_MS);
    if (!this.#main.up) return;
    const slots = this.#closing === undefined ? this.#plan.slots : this.#desk.parcels;
    this.#roster.renew(slots).catch(() => {}); // the next tick will
    this.#look();
  }

  #look(): void {
    this.#submitters.lookAfterAll().catch(() => {}); // the next tick will
  }

  /** What runs here while Redis is gone for long runs elsewhere by now, or for nobody. */
  #watchOutage(up: boolean): void {
    if (up) return this.#outage.stop();
    const { outageMs } = this.#plan;
    this.#outage.start(() => {
      this.#desk.abandonAll(`Redis was gone for ${outageMs} ms`);
    }, outageMs);
  }

  async #close(drainMs: number): Promise<void> {
    this.#tick();
    await this.#drained(drainMs);
    this.#ticker.stop();
    this.#outage.stop();
    if (this.#main.up) await within(LAST_WORDS_MS, this.#roster.remove());
    this.#replies.close();
    await this.#pool.close({ cancelWaiting: true });
    this.#health?.close();
    this.#hearing.close();
    this.#main.close();
    // If Redis went away just now BullMQ's own close waits for ever; what it holds would keep the process alive.
    const held = [
      this.#worker["lockManager"].close(),
      this.#worker.backend.disconnectBlocking(false),
    ];
    await within(LAST_WORDS_MS, Promise.all(held));
  }

  /**
   * Without Redis nothing can be told or given back, and BullMQ would wait for the end of a connection that is not
   * there: then nothing is waited for.
   */
  async #drained(drainMs: number): Promise<void> {
    const timer = new OneTimer();
    timer.start(() => this.#desk.close("the host is closing"), drainMs);
    const limitMs = drainMs + this.#plan.graceMs + LAST_WORDS_MS;
    await within(limitMs, this.#worker.close(!this.#main.up));
    timer.stop();
    this.#desk.close("the host is closing");
  }
}
