import type { Link, LinkEvents, Words } from "../wire/index.js";

/** How a worker ended. */
export interface WorkerExit {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** What it died of, if it could say so. */
  readonly error: unknown;
}

export interface WorkerEvents extends LinkEvents {
  /** The worker has ended, and all that it sent has been read. */
  exited(exit: WorkerExit): void;
}

/** A started thread or process. */
export interface WorkerHandle {
  readonly link: Link;
  readonly words: Words;
  /** How long what it holds should take, by the pool's estimate. */
  expectedUs: number;
  /** Reads what has come, without having been woken. */
  look(): void;
  /** Ends it by force. `exited` follows. */
  kill(): void;
  /** Keeps the program alive as long as the worker lives; {@link unref} takes that back. */
  ref(): void;
  unref(): void;
}

/** Where workers come from. */
export interface Backend {
  /** What a worker is called in messages: `thread`, `process`. */
  readonly noun: string;
  start(worker: WorkerStart, events: WorkerEvents): WorkerHandle;
}

/** What a worker is told when it starts. It must be cloneable, by JSON too. */
export interface WorkerStart {
  readonly name: string;
  readonly tasksPerWorker: number;
  readonly memoryMb: number | undefined;
  /** Where to find the function to call before the first task, or its text. */
  readonly initializer:
    | { readonly name: string; readonly origin: string | { module: string; name: string } }
    | undefined;
}
