import { messageOf } from "../../core/index.js";
import type { Job } from "./job.js";

interface Failure {
  readonly executor: string;
  readonly task: string;
  readonly error: unknown;
}

/**
 * Failures that nobody has looked at. Each is reported once, as a process warning: when the task is
 * collected, since then nobody can look any more, or when the executor closes.
 */
export class UnheardFailures {
  readonly #executor: string;
  readonly #failures = new Set<Failure>();
  /** Made with the first failure: most executors never need it. */
  #collected: FinalizationRegistry<Failure> | undefined;

  constructor(executor: string) {
    this.#executor = executor;
  }

  /** Takes down a job that has just failed. The job itself is not kept. */
  add(job: Job): void {
    const failure = { executor: this.#executor, task: job.name, error: job.outcome };
    this.#failures.add(failure);
    this.#collected ??= new FinalizationRegistry((unheard) => this.#report(unheard));
    this.#collected.register(job, failure, failure);
    job.onHeard = () => {
      this.#failures.delete(failure);
      this.#collected?.unregister(failure);
    };
  }

  reportAll(): void {
    for (const failure of this.#failures) this.#report(failure);
  }

  #report(failure: Failure): void {
    if (!this.#failures.delete(failure)) return;
    const { executor, task, error } = failure;
    const stack = error instanceof Error ? error.stack : undefined;
    process.emitWarning(
      `the task "${task}" of ${executor} failed and nobody awaited it: ${messageOf(error)}`,
      { type: "UnheardTaskFailure", detail: stack ?? "" },
    );
  }
}
