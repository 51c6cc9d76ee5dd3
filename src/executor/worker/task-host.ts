import { host } from "../../core/index.js";
import { type PackedError, unpackError } from "../errors/index.js";
import type { TaskAddress } from "../tasks/index.js";
import { KIND, type Link, type LinkEvents, WORD, type Words } from "../wire/index.js";
import { exitWhenWritten } from "./exit-when-written.js";
import type { Run, Setup } from "./run.js";
import { Runner } from "./runner.js";
import { TaskDefinition } from "./task-definition.js";

export interface TaskHostOptions {
  /** Most runs at once. */
  readonly limit: number;
  /** Called when a run that took several turns has ended: another can start. */
  readonly wakeUp: () => void;
  /** Called from time to time, after a run. */
  readonly look: () => void;
}

/** How long runs follow each other before the loop gets a turn. */
const SLICE_MS = 8;
/** Short runs between two looks at the clock. */
const RUNS_PER_LOOK = 32;

/**
 * Takes what the pool sends, and starts runs in the order in which they were sent, `limit` at a time. How a
 * run that has not started is taken back by the pool is told at `PoolWorker`.
 */
export class TaskHost implements LinkEvents {
  readonly #words: Words;
  readonly #options: TaskHostOptions;
  readonly #runner: Runner;
  #link!: Link;
  readonly #definitions = new Map<number, TaskDefinition>();
  /** Runs that have not started begin at `#next`. */
  #queue: Run[] = [];
  #next = 0;
  #setup: Setup | undefined;
  #runsSinceLook = 0;

  constructor(words: Words, options: TaskHostOptions) {
    this.#words = words;
    this.#options = options;
    this.#runner = new Runner(words, options.wakeUp);
  }

  attach(link: Link): void {
    this.#link = link;
    this.#runner.attach(link);
  }

  /** True if a run is under way that takes several turns. */
  get busy(): boolean {
    return this.#runner.running > 0;
  }

  readonly frame = (kind: number, seq: number, a: number, b: number, value: unknown): void => {
    switch (kind) {
      case KIND.run: {
        const definition = this.#definitions.get(a) as TaskDefinition; // sent before
        const setup = this.#setup?.seq === seq ? this.#setup : undefined;
        this.#queue.push({ seq, epoch: b, definition, input: value, setup });
        return;
      }
      case KIND.setup:
        this.#setup = { ...(value as object), seq };
        return;
      case KIND.define: {
        const { name, origin } = value as { name: string; origin: TaskAddress | string };
        this.#definitions.set(a, new TaskDefinition(name, origin));
        return;
      }
      case KIND.cancel:
        return this.#runner.cancel(seq, unpackError(value as PackedError, undefined));
      case KIND.credit:
        return this.#runner.credit(seq, a);
      case KIND.close:
        return exitWhenWritten();
    }
  };

  unsendable(kind: number, seq: number, error: unknown): void {
    this.#runner.unsendable(kind, seq, error);
  }

  unreadable(kind: number, seq: number, error: unknown): void {
    if (kind === KIND.run) this.#runner.refuseInput(seq, error);
  }

  /** Starts what may start. False if the loop is to get a turn first: then this is to be called again. */
  pump(): boolean {
    const startMs = host.nowMs();
    let sentMs = startMs;
    while (this.#runner.running < this.#options.limit && this.#next < this.#queue.length) {
      const run = this.#queue[this.#next] as Run;
      this.#next += 1;
      // What is done is sent before a run that may take long, and shown before one that should not.
      if (run.definition.short) this.#link.show();
      else this.#link.flush();
      this.#start(run);
      this.#runsSinceLook += 1;
      if (run.definition.short && this.#runsSinceLook < RUNS_PER_LOOK) continue;
      this.#runsSinceLook = 0;
      this.#options.look();
      const nowMs = host.nowMs();
      if (!run.definition.short || nowMs - sentMs >= this.#link.gatherMs) {
        this.#link.flush();
        sentMs = nowMs;
      }
      if (nowMs - startMs >= SLICE_MS) return false;
    }
    if (this.#next === this.#queue.length) {
      this.#queue = [];
      this.#next = 0;
    }
    return true;
  }

  #start(run: Run): void {
    const { seq, epoch } = run;
    this.#words.store(WORD.started, seq);
    if (this.#words.load(WORD.epoch) === epoch) this.#runner.start(run);
    else this.#link.send(KIND.gaveBack, seq, 0, 0, run.setup?.moved ? run.input : undefined);
  }
}
