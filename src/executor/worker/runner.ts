import { host, onlyCancelled } from "../../core/index.js";
import { packError } from "../errors/index.js";
import {
  type AnyTask,
  ChunkFailure,
  firstUncloneable,
  Outflow,
  requireOneOutput,
} from "../tasks/index.js";
import { Items, KIND, type Link, type Words } from "../wire/index.js";
import { callTask } from "./call-task.js";
import { isThenable } from "./is-thenable.js";
import { runChunk } from "./run-chunk.js";
import { cannotArrive, cannotLeave } from "./refusals.js";
import type { Run } from "./run.js";
import { type Reporter, WorkerScope } from "./worker-scope.js";

/** A run that takes more than one turn of the loop. */
interface ActiveRun {
  readonly scope: WorkerScope;
  readonly outflow: Outflow | undefined;
}

/** Runs tasks, and sends what comes of them. */
export class Runner implements Reporter {
  readonly words: Words;
  /** Called when a run that took several turns has ended. */
  readonly #wakeUp: () => void;
  #link!: Link;
  readonly #active = new Map<number, ActiveRun>();
  #running = 0;
  #sending = false;
  #refused: { error: unknown } | undefined;

  constructor(words: Words, wakeUp: () => void) {
    this.words = words;
    this.#wakeUp = wakeUp;
  }

  attach(link: Link): void {
    this.#link = link;
  }

  /** Runs under way that take several turns. */
  get running(): number {
    return this.#running;
  }

  start(run: Run): void {
    const { definition, setup, seq } = run;
    if (setup?.tell === true) {
      this.#link.send(KIND.started, seq, 0, 0, undefined);
      this.#link.flush();
    }
    const { task } = definition;
    if (task === undefined || setup?.credit !== undefined || setup?.chunk === true) {
      void this.#runLong(run); // to load a function takes several turns too
      return;
    }
    const scope = this.#newScope(run);
    const startMs = definition.wantsMeasure() ? host.nowMs() : -1;
    try {
      const outcome = callTask(task, run.input, scope);
      if (isThenable(outcome)) void this.#settle(run, scope, startMs, outcome);
      else this.#finish(run, startMs, outcome);
    } catch (error) {
      this.#fail(run, scope, startMs, error);
    }
  }

  cancel(seq: number, reason: unknown): void {
    this.#active.get(seq)?.scope.deliverCancel(reason);
  }

  credit(seq: number, count: number): void {
    this.#active.get(seq)?.outflow?.credit(count);
  }

  report(seq: number, progress: unknown): void {
    this.#sendOrThrow(KIND.progress, seq, -1, progress);
    this.#link.flush(); // a task that computes gives the loop no turn to do so
  }

  unsendable(kind: number, seq: number, error: unknown): void {
    const refusal = cannotLeave(kind, error);
    if (this.#sending) this.#refused = { error: refusal };
    else this.#link.send(KIND.failed, seq, 0, -1, packError(refusal)); // it had waited for room
  }

  /** The input of a run can't be rebuilt here. */
  refuseInput(seq: number, error: unknown): void {
    this.#link.send(KIND.failed, seq, 0, -1, packError(cannotArrive(error)));
  }

  async #settle(
    run: Run,
    scope: WorkerScope,
    startMs: number,
    outcome: PromiseLike<unknown>,
  ): Promise<void> {
    this.#running += 1;
    this.#active.set(run.seq, { scope, outflow: undefined });
    try {
      this.#finish(run, startMs, await outcome);
    } catch (error) {
      this.#fail(run, scope, startMs, error);
    }
    this.#leave(run);
  }

  async #runLong(run: Run): Promise<void> {
    const { definition, setup, seq, input } = run;
    const scope = this.#newScope(run);
    const give = (output: unknown): void => this.#sendOrThrow(KIND.item, seq, -1, output);
    const outflow =
      setup?.credit === undefined ? undefined : new Outflow(scope, setup.credit, give);
    this.#running += 1;
    this.#active.set(seq, { scope, outflow });
    let startMs = -1;
    try {
      const task = definition.task ?? (await definition.load());
      scope.throwIfCancelled();
      startMs = host.nowMs();
      if (setup?.chunk === true) await this.#runChunk(run, task, startMs);
      else {
        const outcome = callTask(task, input, scope);
        const value = outflow === undefined ? await outcome : await outflow.pour(outcome);
        this.#finish(run, startMs, value);
      }
    } catch (error) {
      this.#fail(run, scope, startMs, error);
    }
    this.#leave(run);
  }

  async #runChunk(run: Run, task: AnyTask, startMs: number): Promise<void> {
    const { definition, seq } = run;
    const inputs = run.input as readonly unknown[];
    let scope: WorkerScope | undefined;
    try {
      const outputs = await runChunk(
        task,
        inputs,
        (place) => (scope = this.#newScope(run, place)),
        (waiting) => this.#active.set(seq, { scope: waiting, outflow: undefined }),
      );
      definition.measured((host.nowMs() - startMs) / inputs.length);
      this.#sendChunk(seq, definition.average, outputs);
    } catch (failure) {
      if (!(failure instanceof ChunkFailure)) throw failure;
      const { error, outputs } = failure;
      const cancelled = scope !== undefined && onlyCancelled(error, scope) ? 1 : 0;
      const packed = { error: packError(definition.explain(error)), outputs };
      this.#link.send(KIND.failed, seq, cancelled, -1, packed);
    }
  }

  /** One output that can't be sent is the failure of its input alone. */
  #sendChunk(seq: number, average: number, outputs: readonly unknown[]): void {
    try {
      this.#sendOrThrow(KIND.done, seq, average, new Items(outputs));
    } catch (error) {
      throw new ChunkFailure(error, outputs.slice(0, firstUncloneable(outputs)));
    }
  }

  #newScope({ seq, definition, setup }: Run, place?: number): WorkerScope {
    return new WorkerScope(this, seq, definition.name, setup, place);
  }

  #leave({ seq }: Run): void {
    this.#running -= 1;
    this.#active.delete(seq);
    this.#wakeUp();
  }

  /** Throws if the value can't be sent. */
  #finish({ seq, definition }: Run, startMs: number, value: unknown): void {
    if (startMs >= 0) definition.measured(host.nowMs() - startMs);
    this.#sendOrThrow(KIND.done, seq, definition.average, requireOneOutput(value));
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
