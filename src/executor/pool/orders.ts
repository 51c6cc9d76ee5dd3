import { packError } from "../errors/index.js";
import type { Job } from "../jobs/index.js";
import type { TaskRef } from "../tasks/index.js";
import { cancelWordOf, KIND, limitWordOf, type Link, WORD, type Words } from "../wire/index.js";
import { setupOf } from "./setup-of.js";

const LONGEST = 2 ** 31 - 1;

/** What a pool tells a worker: by frames, and by words where the worker's loop may be busy. */
export class Orders {
  readonly #link: Link;
  readonly #words: Words;
  /** The functions that the worker knows. */
  readonly #defined = new Set<number>();

  constructor(link: Link, words: Words) {
    this.#link = link;
    this.#words = words;
  }

  run(job: Job, ref: TaskRef, epoch: number): void {
    if (!this.#defined.has(ref.id)) {
      this.#defined.add(ref.id);
      this.#link.send(KIND.define, 0, ref.id, 0, ref.definition);
    }
    const setup = setupOf(job);
    if (setup !== undefined) this.#link.send(KIND.setup, job.seq, 0, 0, setup);
    // Last: if the input can't be sent, the job ends here, and the worker may with it.
    this.#link.send(KIND.run, job.seq, ref.id, epoch, job.input, job.options.transfer);
  }

  cancel(job: Job): void {
    const { seq, stopping } = job;
    const limitMs = stopping?.timeout === undefined ? 0 : job.options.timeoutMs;
    // Before the word that says that it is cancelled: whoever reads that reads this next.
    this.#words.store(limitWordOf(seq), Math.min(Math.ceil(limitMs ?? 0), LONGEST));
    this.#words.store(cancelWordOf(seq), seq);
    this.#link.send(KIND.cancel, seq, 0, 0, packError(stopping?.reason));
  }

  grantCredit(job: Job, count: number): void {
    this.#link.send(KIND.credit, job.seq, count, 0, undefined);
  }

  allowSpin(allowed: boolean): void {
    this.#words.store(WORD.maySpin, allowed ? 1 : 0);
  }

  close(): void {
    this.#link.send(KIND.close, 0, 0, 0, undefined);
  }
}
