import { host } from "../core/index.js";
import { ProcessExecutor, ThreadExecutor } from "../executor/index.js";
import { defaultWorkers } from "../executor/pool/default-workers.js";
import { mapConcurrent } from "../pipeline/index.js";
import { between, type Meter, realMeter } from "./meter.js";
import { runSample } from "./run-sample.js";

/** What it costs to use workers of one kind. */
export interface WorkerCosts {
  /** From the first task to its result, with no worker there. */
  readonly startUpMs: number;
  /** What a message there and back costs this thread, whatever is in it. */
  readonly messageMs: number;
  /** The same per item, if many travel in one message. */
  readonly itemMs: number;
  /** What a megabyte costs beyond writing and reading it: the pipe to a process. */
  readonly megabyteMs: number;
  /** Memory of one worker that has just started. */
  readonly workerMb: number;
}

/** What this machine can do, as far as models differ in it. */
export interface Machine {
  /** How many workers a pool has by default. */
  readonly workers: number;
  /** How many times faster so many threads compute than one: what the machine really gives. */
  readonly parallelism: number;
  /** What a bounded map on the event loop costs per item. */
  readonly asyncItemMs: number;
  /** What it costs to watch a call of a sample, which is no part of the call. */
  readonly watchMs: number;
  readonly threads: WorkerCosts;
  readonly processes: WorkerCosts;
}

/** The order of magnitude on machines of our time, for whoever can't wait for {@link measureMachine}. */
export function assumedMachine(workers: number = defaultWorkers()): Machine {
  return {
    workers,
    parallelism: workers,
    asyncItemMs: 0.0003,
    watchMs: 0.0015,
    threads: { startUpMs: 50, messageMs: 0.003, itemMs: 0.0005, megabyteMs: 0, workerMb: 9 },
    processes: { startUpMs: 80, messageMs: 0.005, itemMs: 0.0007, megabyteMs: 1, workerMb: 45 },
  };
}

let measured: Machine | undefined;
let measuring: Promise<Machine> | undefined;

/** What was measured in this process, if anything. */
export function knownMachine(): Machine | undefined {
  return measured;
}

/** Measures this machine, once per process: some half a second, in which two pools start and compute. */
export function measureMachine(): Promise<Machine> {
  measuring ??= probe(realMeter).then((machine) => (measured = machine));
  return measuring;
}

type Pool = ThreadExecutor | ProcessExecutor;

/** Computed in each worker, some 20 ms. */
const SPINS = 1_000_000;
const ROUNDS = 3;
const PARALLEL_ROUNDS = 5;
const MESSAGES = 200;
const ITEMS = 8_000;
const CHUNK = 400;
const TEXT_MB = 1;
const WATCHED_MS = 20;

// Sent by their text: they may use nothing around them.
const echo = (value: number): number => value;
const lengthOf = (text: string): number => text.length;
const rssOf = (): number => process.memoryUsage.rss();
const spin = (times: number): number => {
  let x = 1;
  for (let i = 0; i < times; i += 1) x = (x * 48271) % 2147483647;
  return x;
};

async function probe(meter: Meter): Promise<Machine> {
  const workers = defaultWorkers();
  const asyncItemMs = await activePerItem(meter, ITEMS, async () => {
    await mapConcurrent(integers(ITEMS), echo, { limit: 64 }).toArray();
  });
  const watchMs = await watchingPerCall(meter);
  const rssBefore = process.memoryUsage.rss();
  await using threads = new ThreadExecutor({ workers, name: "advisor" });
  const threadCosts = await costsOf(threads, meter);
  const parallelism = await parallelismOf(threads, workers);
  const grownMb = (process.memoryUsage.rss() - rssBefore) / 2 ** 20;
  await using processes = new ProcessExecutor({ workers: 1, name: "advisor" });
  const processCosts = await costsOf(processes, meter);
  return {
    workers,
    parallelism,
    asyncItemMs,
    watchMs,
    threads: { ...threadCosts, megabyteMs: 0, workerMb: Math.max(1, grownMb / workers) },
    processes: {
      ...processCosts,
      megabyteMs: await megabyteOf(processes),
      workerMb: (await processes.submit(rssOf, undefined)) / 2 ** 20,
    },
  };
}

/** The best of some rounds, as below. */
async function watchingPerCall(meter: Meter): Promise<number> {
  let bestMs = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const plan = { limit: 64, timeMs: WATCHED_MS };
    bestMs = Math.min(bestMs, (await runSample(echo, [0], plan, meter)).heldMs);
  }
  return bestMs;
}

async function costsOf(
  pool: Pool,
  meter: Meter,
): Promise<Pick<WorkerCosts, "startUpMs" | "messageMs" | "itemMs">> {
  const startMs = host.nowMs();
  await pool.submit(echo, 0);
  const startUpMs = host.nowMs() - startMs;
  const message = async (): Promise<void> => {
    await Promise.all(integers(MESSAGES).map((n) => pool.submit(echo, n)));
  };
  const items = async (): Promise<void> => {
    await pool.map(echo, integers(ITEMS), { chunkSize: CHUNK }).toArray();
  };
  await message(); // warm
  await items();
  const messageMs = await activePerItem(meter, MESSAGES, message);
  return { startUpMs, messageMs, itemMs: await activePerItem(meter, ITEMS, items) };
}

/**
 * How many times faster `workers` workers compute than one, over some rounds. Not the best round of each: one
 * worker is more often lucky with its neighbours than all of them at once, so that would tell of too few cores.
 */
async function parallelismOf(pool: Pool, workers: number): Promise<number> {
  const timeOf = async (tasks: number): Promise<number> => {
    const startMs = host.nowMs();
    await Promise.all(Array.from({ length: tasks }, () => pool.submit(spin, SPINS)));
    return host.nowMs() - startMs;
  };
  await timeOf(workers); // warm: all have started
  let [oneMs, allMs] = [0, 0];
  for (let round = 0; round < PARALLEL_ROUNDS; round += 1) {
    oneMs += await timeOf(1);
    allMs += await timeOf(workers);
  }
  return Math.min(workers, Math.max(1, (workers * oneMs) / allMs));
}

async function megabyteOf(pool: Pool): Promise<number> {
  const text = "x".repeat(TEXT_MB * 2 ** 20);
  let bestMs = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const startMs = host.nowMs();
    await pool.submit(lengthOf, text);
    bestMs = Math.min(bestMs, host.nowMs() - startMs);
  }
  return bestMs / TEXT_MB;
}

/** The best of some rounds: the first is interpreted, and what slows one down is not its own. */
async function activePerItem(
  meter: Meter,
  items: number,
  run: () => Promise<void>,
): Promise<number> {
  let bestMs = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = meter.read();
    await run();
    bestMs = Math.min(bestMs, between(start, meter.read()).heldMs);
  }
  return bestMs / items;
}

function integers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
