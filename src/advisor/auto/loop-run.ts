import { host } from "../../core/index.js";
import { InlineRun } from "../../executor/inline/inline-run.js";
import type { Job } from "../../executor/jobs/index.js";
import { type AnyTask, ChunkFailure, requireOneOutput } from "../../executor/tasks/index.js";
import type { Items } from "../../executor/wire/index.js";
import { isThenable } from "../../executor/worker/is-thenable.js";
import { mayWait } from "../outcome.js";
import type { TaskRecord } from "./task-record.js";

/** A job, or a chunk of a map, that runs on this loop and is watched. */
export interface LoopRun {
  start(): Promise<unknown>;
  cancel(reason: unknown): void;
  credit(count: number): void;
  /** Its work has stopped. */
  end(): void;
}

/** How long a call took before it gave its value, or began to wait. */
function watched(record: TaskRecord, task: AnyTask): AnyTask {
  return (input, scope) => {
    const startMs = host.nowMs();
    let waits = false;
    try {
      const outcome = task(input, scope);
      waits = mayWait(outcome);
      return outcome;
    } finally {
      record.held(host.nowMs() - startMs, waits);
    }
  };
}

/** One job. */
export class WatchedRun extends InlineRun implements LoopRun {
  constructor(job: Job, record: TaskRecord) {
    super(job, watched(record, job.task));
  }
}

/** The inputs of a chunk, one after the other, each in a scope of its own. */
export class ChunkRun implements LoopRun {
  readonly #job: Job;
  readonly #call: AnyTask;
  #current: InlineRun | undefined;
  #cancelled: { readonly reason: unknown } | undefined;

  constructor(job: Job, record: TaskRecord) {
    this.#job = job;
    this.#call = watched(record, job.task);
  }

  get cancelled(): boolean {
    return this.#cancelled !== undefined;
  }

  get reason(): unknown {
    return this.#cancelled?.reason;
  }

  async start(): Promise<unknown[]> {
    const outputs: unknown[] = [];
    try {
      for (const input of (this.#job.input as Items).values) {
        if (this.#cancelled !== undefined) throw this.#cancelled.reason;
        this.#current = new InlineRun(this.#job);
        const outcome = this.#call(input, this.#current);
        outputs.push(requireOneOutput(isThenable(outcome) ? await outcome : outcome));
        this.#current.end();
      }
    } catch (error) {
      throw new ChunkFailure(error, outputs);
    } finally {
      this.#current?.end();
    }
    return outputs;
  }

  cancel(reason: unknown): void {
    this.#cancelled ??= { reason };
    this.#current?.cancel(reason);
  }

  credit(): void {} // a chunk is no stream

  end(): void {}
}
