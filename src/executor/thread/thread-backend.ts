import { MessageChannel, Worker } from "node:worker_threads";
import { host } from "../../core/index.js";
import { packShared } from "../../shared/travel.js";
import { watchWorker } from "../../shared/watch.js";
import {
  type Backend,
  type WorkerEvents,
  workerFile,
  type WorkerHandle,
  type WorkerStart,
} from "../pool/index.js";
import { Linger } from "./linger.js";
import { newRing } from "./ring.js";
import { RingLink, type RingEnds } from "./ring-link.js";
import { SharedWords } from "./shared-words.js";

/** What a worker thread is started with. */
export interface ThreadData {
  readonly start: WorkerStart;
  readonly ends: RingEnds;
  readonly words: SharedArrayBuffer;
  /** As {@link packShared} gives it. */
  readonly initializerInput: unknown;
}

export type ThreadEnv = Readonly<Record<string, string | undefined>> | undefined;

/** This flag, of a program that is no file, would keep a worker from loading the file that it runs. */
const OF_EVAL = process.execArgv.some((flag) => flag.startsWith("--input-type"));

/** Starts worker threads. */
export class ThreadBackend implements Backend {
  readonly noun = "thread";
  readonly #env: ThreadEnv;
  readonly #initializerInput: unknown;

  constructor(env: ThreadEnv, initializerInput: unknown) {
    this.#env = env;
    this.#initializerInput = initializerInput; // kept as it is: what is shared in it stays known here
  }

  start(start: WorkerStart, events: WorkerEvents): WorkerHandle {
    return new Thread(start, events, this.#env, this.#initializerInput);
  }
}

/** Without what is undefined: the environment of a thread would make a text of it. */
function definedIn(env: object): Record<string, string> {
  const entries = Object.entries(env) as [string, string | undefined][];
  return Object.fromEntries(entries.filter((entry) => entry[1] !== undefined)) as Record<
    string,
    string
  >;
}

class Thread implements WorkerHandle {
  readonly link: RingLink;
  readonly words: SharedWords;
  expectedUs = Infinity;
  readonly #worker: Worker;
  readonly #linger: Linger = new Linger(() => this.link.ready);

  constructor(start: WorkerStart, events: WorkerEvents, env: ThreadEnv, initializerInput: unknown) {
    const requests = newRing();
    const responses = newRing();
    const words = SharedWords.newMemory();
    const { port1, port2 } = new MessageChannel();
    const data: ThreadData = {
      start,
      ends: { out: responses, in: requests, port: port2 },
      words,
      initializerInput: packShared(initializerInput),
    };
    // First of all: the rest is made while the worker starts.
    this.#worker = new Worker(workerFile("dist/executor/thread/thread-main.js"), {
      workerData: data,
      transferList: [port2],
      name: start.name,
      ...(OF_EVAL ? { execArgv: [] } : {}),
      ...(env === undefined ? {} : { env: definedIn(env) }),
    });
    watchWorker(this.#worker); // before all else that hears of its exit: locks are free then
    this.words = new SharedWords(words);
    this.link = new RingLink({ out: requests, in: responses, port: port1 }, events, () => {
      this.#linger.turned();
      this.#read();
    });
    this.link.onFlushed = (slept) => this.#stay(slept);
    port1.unref(); // the worker itself keeps the program alive, when it has work
    let error: unknown;
    this.#worker.on("error", (cause) => (error = cause));
    this.#worker.on("exit", (exitCode) => {
      this.link.drain(); // what it published before it died
      port1.close();
      events.exited({ exitCode, signal: undefined, error });
    });
  }

  look(): void {
    this.#read();
  }

  kill(): void {
    void this.#worker.terminate();
  }

  ref(): void {
    this.#worker.ref();
  }

  unref(): void {
    this.#worker.unref();
  }

  /** What was asked may be answered before the loop could go to sleep. */
  #stay(slept: boolean): void {
    if (!this.#linger.wants(this.expectedUs)) return;
    this.link.stayAwake();
    if (this.#linger.owesTurn) {
      // A turn without sleep: whatever is due runs, and then this looks again.
      host.soon(() => {
        this.#linger.turned();
        this.#stayAWhile(false);
      });
    } else this.#stayAWhile(slept);
  }

  #stayAWhile(slept: boolean): void {
    this.#linger.wait(slept);
    this.#read();
  }

  #read(): void {
    do this.link.drain();
    while (!this.link.sleep());
  }
}
