import type { Job } from "./job.js";
import { UnheardFailures } from "./unheard.js";

/** What became of the jobs of an executor. */
export class Ledger {
  completed = 0;
  failed = 0;
  cancelled = 0;
  readonly #unheard: UnheardFailures;

  constructor(executor: string) {
    this.#unheard = new UnheardFailures(executor);
  }

  enter(job: Job): void {
    if (job.state === "fulfilled") this.completed += 1;
    else if (job.state === "cancelled") this.cancelled += 1;
    else {
      this.failed += 1;
      if (!job.heard) this.#unheard.add(job);
    }
  }

  /** Nothing more will come: failures that nobody has looked at are told. */
  close(): void {
    this.#unheard.reportAll();
  }
}
