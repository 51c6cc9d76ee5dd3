import {
  MessageChannel,
  receiveMessageOnPort,
  setEnvironmentData,
  isMainThread,
  Worker,
} from "node:worker_threads";
import { requireFunction, requirePositive, requireThat } from "../core/index.js";
import { formatStall } from "./format-stall.js";
import { setProcessWatch } from "./process-watch.js";
import type { StallReport } from "./stall-report.js";
import { WATCHED } from "./watch-worker.js";
import { CLOSING, type WatchdogData } from "./watchdog-data.js";
import { WatchedThread, type WatchSetting } from "./watched-thread.js";
import { LoopWords } from "./words.js";

export interface WatchStallsOptions {
  /**
   * What is reported kept the loop for so long, 50 by default; for certain from twice as long, since that is
   * also the time between two beats of the loop.
   */
  readonly thresholdMs?: number;
  /** Called in the main thread when it has a turn again. By default the report is printed to stderr. */
  readonly onStall?: (report: StallReport) => void;
  /**
   * A stall that lasts this long is printed to stderr by the watchdog while it lasts, since nobody else can
   * say anything then; 5,000 by default, `Infinity` for never.
   */
  readonly stuckMs?: number;
  /** Watch the threads and processes of our executors, and those that call `watchThisWorker()`, too; true by default. */
  readonly workers?: boolean;
  /** Name the task that was running; true by default. It costs every `await` something on Node 20 and 22. */
  readonly tasks?: boolean;
}

/** How long the end of a program may wait for the last report. */
const LAST_REPORT_MS = 500;

let watching: StallWatch | undefined;

/** A watch that is on; dispose it to end it. */
export class StallWatch implements Disposable {
  readonly #worker: Worker;
  readonly #thread: WatchedThread;
  readonly #port: MessageChannel["port1"];
  readonly #words: Int32Array;
  readonly #onStall: (report: StallReport) => void;
  /** Resolves when the watchdog can name names; before, it tells delays only. */
  readonly ready: Promise<void>;

  constructor(options: WatchStallsOptions, inWorkerProcess: boolean) {
    const { thresholdMs = 50, stuckMs = 5_000, workers = true, tasks = true } = options;
    // Oftener would see more of those that are hardly longer, and cost what the loop is to be spared.
    const beatMs = thresholdMs;
    const setting: WatchSetting = { memory: LoopWords.newMemory(), thresholdMs, beatMs, tasks };
    const state = new SharedArrayBuffer(8);
    const { port1, port2 } = new MessageChannel();
    const data = { setting, workers, stuckMs, mayInspect: mayInspect(), port: port2, state };
    const onStall = (this.#onStall = options.onStall ?? print);
    this.#words = new Int32Array(state);
    this.#port = port1;
    this.#worker = new Worker(watchdogFile(), {
      workerData: { ...data, inWorkerProcess } satisfies WatchdogData,
      transferList: [port2],
      name: "weftwork stall watch",
      execArgv: [],
      stdin: false,
    });
    // The program stays until the watchdog is there; afterwards it keeps nothing alive.
    this.ready = new Promise((resolve) => {
      const done = (): void => {
        this.#worker.unref();
        resolve();
      };
      this.#worker.once("message", done);
      this.#worker.once("exit", done);
    });
    this.#worker.once("error", (error) => process.emitWarning(error));
    port1.on("message", onStall);
    port1.unref();
    if (workers) {
      setEnvironmentData(WATCHED, setting);
      setProcessWatch({ setting: { thresholdMs, stuckMs, tasks }, onStall });
    }
    this.#thread = new WatchedThread(setting, 0);
    process.once("exit", this.#drain);
  }

  [Symbol.dispose](): void {
    if (watching !== this) return;
    watching = undefined;
    process.off("exit", this.#drain);
    setEnvironmentData(WATCHED, undefined);
    setProcessWatch(undefined);
    this.#drain();
    this.#thread[Symbol.dispose]();
    this.#port.close();
    void this.#worker.terminate();
  }

  /** Takes what the watchdog still has to tell: a program may end right after it was blocked. */
  readonly #drain = (): void => {
    this.#thread.beat();
    Atomics.store(this.#words, CLOSING.asked, 1);
    Atomics.wait(this.#words, CLOSING.done, 0, LAST_REPORT_MS);
    for (let next; (next = receiveMessageOnPort(this.#port)) !== undefined;)
      this.#onStall(next.message as StallReport);
  };
}

/**
 * Watches for what blocks the event loop, and names it: function, file, line and task, while it happens.
 *
 * A watchdog thread sees that the loop does not turn, and asks the inspector, without a flag or a port, what it
 * is doing. Needs Node; where there is no inspector, or a debugger's port is open, reports tell delays only. One
 * watch at a time.
 *
 * Errors: `Error` if a watch is on already, or in a worker.
 *
 * @example
 * using watch = watchStalls({
 *   onStall: ({ frames: [culprit] }) => culprit && console.log(culprit.functionName),
 * });
 * await watch.ready;
 * function parseAll() {
 *   for (const endMs = Date.now() + 1_000; Date.now() < endMs; ) JSON.parse("{}");
 * }
 * parseAll();
 * await sleep(300);
 * // prints:
 * // parseAll
 */
export function watchStalls(options: WatchStallsOptions = {}): StallWatch {
  const { thresholdMs = 50, stuckMs = 5_000, onStall } = options;
  requirePositive("thresholdMs", thresholdMs);
  requireThat(thresholdMs >= 10, "thresholdMs", "at least 10", thresholdMs);
  requireThat(stuckMs > 0, "stuckMs", "a number > 0", stuckMs);
  if (onStall !== undefined) requireFunction("onStall", onStall);
  if (!isMainThread)
    throw new Error("watchStalls() is for the main thread: it watches its workers too");
  if (watching !== undefined)
    throw new Error("watchStalls() is on already: dispose the first watch");
  return (watching = new StallWatch(options, false));
}

/** The same in a worker process of an executor, for the watch of the program that started it. */
export function watchThisProcess(options: WatchStallsOptions): void {
  watching = new StallWatch(options, true);
}

function print(report: StallReport): void {
  if (report.lasting) return; // the watchdog has said so
  process.stderr.write(`${formatStall(report)}\n`);
}

/** Under the permission model Node doesn't refuse who connects without leave, but aborts the process. */
function mayInspect(): boolean {
  const { permission } = process as { permission?: { has(scope: string): boolean } };
  return permission === undefined || permission.has("inspector");
}

/** Found by the package's own name: nobody knows where this code stands once it has been bundled. */
function watchdogFile(): URL {
  const root = import.meta.resolve("weftwork/package.json");
  return new URL("dist/loop/watchdog-main.js", root);
}
