import { writeSync } from "node:fs";
import { parentPort, threadId, workerData } from "node:worker_threads";
import { after, nowMs } from "./clock.js";
import { formatStall } from "./format-stall.js";
import type { StallReport } from "./stall-report.js";
import { CLOSING, type WatchdogData } from "./watchdog-data.js";
import { LoopWords } from "./words.js";
import { inspectedMain, InspectedWorker, Originals, Prober, Watched } from "./watchdog/index.js";

/** What the watchdog's thread runs. */

const { setting, workers, stuckMs, mayInspect, inWorkerProcess, port, state } =
  workerData as WatchdogData;
const { thresholdMs, beatMs } = setting;
const words = new Int32Array(state);
const originals = new Originals();
const workerProcess = inWorkerProcess ? process.pid : undefined;
const watched = new Map<number, Watched>();
/** Not more often, whatever happens. */
const SHORTEST_MS = 4;

function report(stall: StallReport): void {
  // Nobody else could say so while the main thread is blocked.
  if (stall.lasting) writeSync(2, `${formatStall(stall)}\n`);
  port.postMessage(stall);
}

function watch(thread: number): Watched {
  const vigilSetting = { thresholdMs, beatMs, stuckMs };
  const threadWords = new LoopWords(setting.memory, thread);
  const one = new Watched(thread, threadWords, vigilSetting, originals, report, workerProcess);
  watched.set(thread, one);
  return one;
}

let disconnect = (): void => {};

async function openInspector(main: Watched): Promise<void> {
  if (!mayInspect) return;
  const { Session } = await import("node:inspector");
  const session = new Session();
  session.connectToMainThread();
  disconnect = () => session.disconnect();
  const inspected = inspectedMain(session);
  await main.probeWith(new Prober(inspected, new LoopWords(setting.memory, 0), originals));
  if (workers) await watchWorkers(inspected);
}

/** The inspectors of worker threads are reached through the main thread's; they are told by their names. */
async function watchWorkers(main: ReturnType<typeof inspectedMain>): Promise<void> {
  const sessions = new Map<string, { worker: InspectedWorker; thread: number }>();
  main.on("NodeWorker.attachedToWorker", ({ sessionId, workerInfo }: Attached) => {
    const thread = Number(/^\[worker (\d+)\]/.exec(workerInfo.title)?.[1] ?? workerInfo.workerId);
    if (!Number.isInteger(thread) || thread === threadId) return;
    const worker = new InspectedWorker(main, sessionId);
    sessions.set(sessionId, { worker, thread });
    const prober = new Prober(worker, new LoopWords(setting.memory, thread), originals);
    watch(thread).probeWith(prober).catch(ignore);
  });
  main.on("NodeWorker.detachedFromWorker", ({ sessionId }: { sessionId: string }) => {
    const thread = sessions.get(sessionId)?.thread ?? -1;
    watched.get(thread)?.end();
    watched.delete(thread);
    sessions.delete(sessionId);
  });
  main.on("NodeWorker.receivedMessageFromWorker", ({ sessionId, message }: Received) => {
    sessions.get(sessionId)?.worker.received(message);
  });
  await main.post("NodeWorker.enable", { waitForDebuggerOnStart: false });
}

interface Attached {
  readonly sessionId: string;
  readonly workerInfo: { readonly workerId: string; readonly title: string };
}

interface Received {
  readonly sessionId: string;
  readonly message: string;
}

function ignore(): void {}

let plannedMs = nowMs();

function lookAtAll(): void {
  const closing = Atomics.load(words, CLOSING.asked) === 1;
  let restMs = beatMs;
  for (const one of watched.values()) restMs = Math.min(restMs, one.look(closing, plannedMs));
  if (closing) {
    disconnect(); // a process that ends would wait for it, and say so
    Atomics.store(words, CLOSING.done, 1);
    Atomics.notify(words, CLOSING.done);
    return;
  }
  restMs = Math.max(SHORTEST_MS, restMs);
  plannedMs = nowMs() + restMs;
  after(restMs, lookAtAll);
}

const main = watch(0);
lookAtAll();
await openInspector(main).catch(ignore); // the reports say that there is none
parentPort?.postMessage("ready");
