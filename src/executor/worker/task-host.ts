import { ConcurrencyError, host, messageOf, onlyCancelled } from "../../core/index.js";
import { packError } from "../errors/index.js";
import type { PackedError } from "../errors/index.js";
import { unpackError } from "../errors/index.js";
import { Outflow, requireOneOutput, type TaskAddress } from "../tasks/index.js";
import { KIND } from "../wire/index.js";
import type { Link, LinkEvents } from "../wire/index.js";
import { WORD, type Words } from "../wire/index.js";
import { TaskDefinition } from "./task-definition.js";
import { type Reporter, WorkerScope } from "./worker-scope.js";

/** What a run has beside its input. */
interface Setup {
  readonly seq: number;
  readonly name?: string | undefined;
  readonly traceparent?: string | undefined;
  /** True: the pool wants to hear of the start. */
  readonly tell?: boolean;
  /** Set for a stream: how many outputs may go before more are asked for. */
  readonly credit?: number;
}

interface Run {
  readonly seq: number;
  readonly epoch: number;
  readonly definition: TaskDefinition;
  readonly input: unknown;
  readonly setup: Setup | undefined;
}

/** A run that takes more than one turn of the loop. */
interface ActiveRun {
  readonly scope: WorkerScope;
  readonly outflow: Outflow | undefined;
}

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
/** Short runs between two looks at the clock, and between two batches of results. */
const RUNS_PER_LOOK = 16;

/**
 * Runs tasks in a worker, in the order in which they were sent, `limit` at a time. How a run that has not
 * started is taken back by the pool is told at `PoolWorker`.
 */
export class TaskHost implements LinkEvents, Reporter {
  readonly words: Words;
  readonly #options: TaskHostOptions;
  #link!: Link;
  readonly #definitions = new Map<number, TaskDefinition>();
  readonly #active = new Map<number, ActiveRun>();
  /** Runs that were sent and have not started begin at `#next`. */
  #queue: Run[] = [];
  #next = 0;
  #setup: Setup | undefined;
  #running = 0;
  #runsSinceLook = 0;
  #sending = false;
  #refused: { error: unknown } | undefined;

  constructor(words: Words, options: TaskHostOptions) {
    this.words = words;
    this.#options = options;
  }

  attach(link: Link): void {
    this.#link = link;
  }

  /** True if a run is under way that takes several turns. */
  get busy(): boolean {
    return this.#running > 0;
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
        return this.#active
          .get(seq)
          ?.scope.deliverCancel(unpackError(value as PackedError, undefined));
      case KIND.credit:
        return this.#active.get(seq)?.outflow?.credit(a);
      case KIND.close:
        return exitWhenWritten();
    }
  };

  unsendable(kind: number, seq: number, error: unknown): void {
    const what = kind === KIND.done ? "result" : kind === KIND.item ? "output" : "progress";
    const refusal = new ConcurrencyError(
      "NOT_CLONEABLE",
      `the ${what} of a task can't leave its worker: ${messageOf(error)}`,
      { cause: error },
    );
    if (this.#sending) this.#refused = { error: refusal };
    else this.#link.send(KIND.failed, seq, 0, -1, packError(refusal)); // it had waited for room
  }

  unreadable(kind: number, seq: number, error: unknown): void {
    if (kind !== KIND.run) return;
    const refusal = new ConcurrencyError(
      "NOT_CLONEABLE",
      `the input of a task can't be rebuilt in its worker: ${messageOf(error)}`,
      { cause: error },
    );
    this.#link.send(KIND.failed, seq, 0, -1, packError(refusal));
  }

  report(seq: number, progress: unknown): void {
    this.#sendOrThrow(KIND.progress, seq, -1, progress);
  }

  /** Starts what may start. False if the loop is to get a turn first: then this is to be called again. */
  pump(): boolean {
    let sliceEnd = 0;
    while (this.#running < this.#options.limit && this.#next < this.#queue.length) {
      const run = this.#queue[this.#next] as Run;
      this.#next += 1;
      // What is done is shown before a run that may take long.
      if (!run.definition.short) this.#link.flush();
      this.#start(run);
      this.#runsSinceLook += 1;
      if (run.definition.short && this.#runsSinceLook < RUNS_PER_LOOK) continue;
      this.#runsSinceLook = 0;
      this.#link.flush();
      this.#options.look();
      const nowMs = host.nowMs();
      if (sliceEnd === 0) sliceEnd = nowMs + SLICE_MS;
      else if (nowMs >= sliceEnd) return false;
    }
    if (this.#next === this.#queue.length) {
      this.#queue = [];
      this.#next = 0;
    }
    return true;
  }

  #start(run: Run): void {
    const { seq, definition, setup } = run;
    this.words.store(WORD.started, seq);
    if (this.words.load(WORD.epoch) !== run.epoch) {
      this.#link.send(KIND.gaveBack, seq, 0, 0, undefined);
      return;
    }
    if (setup?.tell === true) {
      this.#link.send(KIND.started, seq, 0, 0, undefined);
      this.#link.flush();
    }
    const scope = new WorkerScope(this, seq, setup?.name ?? definition.name, setup?.traceparent);
    if (setup?.credit !== undefined || definition.task === undefined) {
      void this.#runLong(run, scope); // to load the function takes turns too
      return;
    }
    const startMs = definition.wantsMeasure() ? host.nowMs() : -1;
    let outcome: unknown;
    try {
      outcome = definition.task(run.input, scope);
    } catch (error) {
      this.#fail(run, scope, startMs, error);
      return;
    }
    if (isThenable(outcome)) void this.#settle(run, scope, startMs, outcome);
    else this.#finish(run, scope, startMs, outcome);
  }

  async #settle(
    run: Run,
    scope: WorkerScope,
    startMs: number,
    outcome: PromiseLike<unknown>,
  ): Promise<void> {
    this.#enter(run, scope);
    try {
      this.#finish(run, scope, startMs, await outcome);
    } catch (error) {
      this.#fail(run, scope, startMs, error);
    }
    this.#leave(run);
  }

  async #runLong(run: Run, scope: WorkerScope): Promise<void> {
    const { definition, setup, seq } = run;
    const give = (output: unknown): void => this.#sendOrThrow(KIND.item, seq, -1, output);
    const outflow =
      setup?.credit === undefined ? undefined : new Outflow(scope, setup.credit, give);
    this.#enter(run, scope, outflow);
    let startMs = -1;
    try {
      const task = definition.task ?? (await definition.load());
      scope.throwIfCancelled();
      startMs = host.nowMs();
      const outcome = task(run.input, scope);
      const value = outflow === undefined ? await outcome : await outflow.pour(outcome);
      this.#finish(run, scope, startMs, value);
    } catch (error) {
      this.#fail(run, scope, startMs, error);
    }
    this.#leave(run);
  }

  #enter({ seq }: Run, scope: WorkerScope, outflow?: Outflow): void {
    this.#running += 1;
    this.#active.set(seq, { scope, outflow });
  }

  #leave({ seq }: Run): void {
    this.#running -= 1;
    this.#active.delete(seq);
    this.#options.wakeUp();
  }

  #finish(run: Run, scope: WorkerScope, startMs: number, value: unknown): void {
    const { seq, definition } = run;
    if (startMs >= 0) definition.measured(host.nowMs() - startMs);
    try {
      this.#sendOrThrow(KIND.done, seq, definition.average, requireOneOutput(value));
    } catch (error) {
      this.#fail(run, scope, -1, error);
    }
  }

  #fail({ seq, definition }: Run, scope: WorkerScope, startMs: number, error: unknown): void {
    if (startMs >= 0) definition.measured(host.nowMs() - startMs);
    const cancelled = onlyCancelled(error, scope) ? 1 : 0;
    const packed = packError(definition.explain(error));
    this.#link.send(KIND.failed, seq, cancelled, definition.average, packed);
  }

  #sendOrThrow(kind: number, seq: number, b: number, value: unknown): void {
    this.#sending = true;
    this.#link.send(kind, seq, 0, b, value);
    this.#sending = false;
    const refused = this.#refused;
    this.#refused = undefined;
    if (refused !== undefined) throw refused.error;
  }
}

/** To a pipe a process writes later: what its tasks have printed should not be lost. */
function exitWhenWritten(): void {
  const unwritten = [process.stdout, process.stderr].filter((stream) => stream.writableLength > 0);
  let left = unwritten.length;
  if (left === 0) process.exit();
  const written = (): void => {
    left -= 1;
    if (left === 0) process.exit();
  };
  for (const stream of unwritten) stream.write("", written);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { then?: unknown }).then === "function"
  );
}
