import { type ChildProcess, spawn } from "node:child_process";
import { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import {
  type Backend,
  type WorkerEvents,
  workerFile,
  type WorkerHandle,
  type WorkerStart,
} from "../pool/index.js";
import { type ProcessWatch, processWatch } from "../../loop/process-watch.js";
import { PIPE_FD, STALLS_FD } from "./descriptors.js";
import { FileWords } from "./file-words.js";
import { hearStalls } from "./hear-stalls.js";
import { died, lives } from "./living.js";
import { PipeLink } from "./pipe-link.js";

export type ProcessEnv = Readonly<Record<string, string | undefined>> | undefined;

/** What a worker process is started with. */
export interface ProcessStart {
  readonly start: WorkerStart;
  /** If the program watches for stalls. */
  readonly watch: ProcessWatch["setting"] | undefined;
}

/** Starts child processes. */
export class ProcessBackend implements Backend {
  readonly noun = "process";
  readonly #env: ProcessEnv;

  constructor(env: ProcessEnv) {
    this.#env = env;
  }

  start(start: WorkerStart, events: WorkerEvents): WorkerHandle {
    return new WorkerProcess(start, events, this.#env);
  }
}

/**
 * The flags of this process that are for its workers too. Those that say what to run are not: a worker of
 * `node -e` would run the same code again, and start workers of its own, without end.
 */
function workerFlags(flags: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < flags.length; at += 1) {
    const flag = flags[at] as string;
    if (!OWN_FLAG.test(flag)) kept.push(flag);
    else if (CODE_FOLLOWS.test(flag) || /^[^-]/.test(flags[at + 1] ?? "-")) at += 1; // and its value
  }
  return kept;
}

const OWN_FLAG =
  /^(-e|-p|-pe|-c|-i|--check|--interactive|--(eval|print|input-type|run)(=.*)?|--(inspect|watch|test)([-=].*)?)$/s;
const CODE_FOLLOWS = /^(-e|-pe|--eval)$/;

class WorkerProcess implements WorkerHandle {
  readonly link: PipeLink;
  readonly words: FileWords;
  expectedUs = Infinity;
  readonly #child: ChildProcess;
  readonly #pipe: Socket;

  constructor(start: WorkerStart, events: WorkerEvents, env: ProcessEnv) {
    this.words = FileWords.create();
    const watch = processWatch();
    // Not fork: its channel costs 20 times as much per message, and puts a variable into the environment.
    try {
      const execArgv = workerFlags(process.execArgv);
      const main = fileURLToPath(workerFile("dist/executor/process/process-start.cjs"));
      const data = JSON.stringify({ start, watch: watch?.setting } satisfies ProcessStart);
      this.#child = spawn(process.execPath, [...execArgv, main, data], {
        stdio: [
          "ignore",
          "inherit",
          "inherit",
          "pipe",
          this.words.fd,
          ...(watch ? (["pipe"] as const) : []),
        ],
        env: env ?? process.env,
        windowsHide: true,
      });
    } catch (error) {
      this.words.close();
      throw error;
    }
    // A process for which there were no files left has no pipes either; its `error` comes below.
    const stdio = this.#child.stdio as readonly unknown[] | undefined;
    this.#pipe = (stdio?.[PIPE_FD] as Socket | undefined) ?? new Socket();
    const stalls = stdio?.[STALLS_FD] as Socket | undefined;
    if (watch && stalls) hearStalls(stalls, watch);
    this.link = new PipeLink(this.#pipe, this.words.legacy, events, () => this.link.drain());
    lives(this.#child);
    let error: unknown;
    this.#child.on("error", (cause) => {
      error = cause;
      if (this.#child.pid === undefined) ended(undefined, undefined); // it never started
    });
    // Not `exit`: what the pipe still holds comes after that.
    this.#child.on("close", (exitCode, signal) =>
      ended(exitCode ?? undefined, signal ?? undefined),
    );
    const ended = (exitCode: number | undefined, signal: string | undefined): void => {
      if (!died(this.#child)) return;
      this.link.inherit();
      events.exited({ exitCode, signal, error });
      this.words.close();
    };
  }

  look(): void {} // its pipe is read as it comes

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  ref(): void {
    this.#child.ref();
    this.#pipe.ref();
  }

  unref(): void {
    this.#child.unref();
    this.#pipe.unref();
  }
}
