import { CancelScope, hooks } from "../../core/index.js";
import type { TaskScope } from "../../task/index.js";
import type { Job } from "../jobs/index.js";
import { type AnyTask, Outflow, requireOneOutput } from "../tasks/index.js";

/** A job's run on the event loop: the scope of the task. */
export class InlineRun extends CancelScope implements TaskScope {
  readonly attempt = 1;
  readonly #job: Job;
  readonly #task: AnyTask;
  readonly #outflow: Outflow | undefined;

  /** `task` is the job's own, or what calls it. */
  constructor(job: Job, task: AnyTask = job.task) {
    super();
    this.#job = job;
    this.#task = task;
    const { sink } = job;
    if (sink !== undefined)
      this.#outflow = new Outflow(this, sink.firstCredit, (output) => sink.item(output));
  }

  override get name(): string {
    return this.#job.name;
  }

  get traceparent(): string | undefined {
    return this.#job.options.traceparent;
  }

  report(progress: unknown): void {
    this.#job.report(progress);
  }

  credit(count: number): void {
    this.#outflow?.credit(count);
  }

  #call(): unknown {
    hooks.bodyEntered?.(this.#job);
    try {
      return this.#task(this.#job.input, this);
    } finally {
      hooks.bodyReturned?.(this.#job);
    }
  }

  /** What throws at once rejects too, in a later microtask: so a line of such tasks is no recursion. */
  async start(): Promise<unknown> {
    hooks.taskStarted?.(this.#job);
    const outcome = this.#call();
    if (this.#outflow !== undefined) return this.#outflow.pour(outcome);
    return requireOneOutput(await outcome);
  }
}
