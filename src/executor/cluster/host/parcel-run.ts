import { host } from "../../../core/index.js";
import type { WorkerPool } from "../../pool/index.js";
import type { Parcel } from "../wire/index.js";
import type { ReplyWriter } from "./reply-writer.js";
import type { Submitter } from "./submitters.js";
import type { TaskBook } from "./task-book.js";
import { TaskRun } from "./task-run.js";

/** What parcels need of the host that runs them. */
export interface ParcelHost {
  readonly pool: WorkerPool;
  readonly book: TaskBook;
  readonly replies: ReplyWriter;
  readonly maxPayloadBytes: number;
}

/** One parcel on this host. */
export class ParcelRun {
  readonly #host: ParcelHost;
  readonly #parcel: Parcel;
  readonly #submitter: Submitter;
  readonly #attempt: number;
  readonly #runs: TaskRun[] = [];
  /** True: it is for another host to do. */
  isAbandoned = false;

  constructor(at: ParcelHost, parcel: Parcel, submitter: Submitter, attempt: number) {
    this.#host = at;
    this.#parcel = parcel;
    this.#submitter = submitter;
    this.#attempt = attempt;
  }

  /** Resolves when all its work has ended, and what came of it is written. */
  async run(): Promise<void> {
    const { runs } = this.#submitter;
    const nonce = host.random().toString(36).slice(2);
    const ends = this.#parcel.runs.map((run) => {
      const task = this.#taskRun(run, nonce);
      this.#runs.push(task);
      runs.set(run.n, task);
      return task
        .run(() => this.#host.book.find(run.t))
        .finally(() => {
          if (runs.get(run.n) === task) runs.delete(run.n);
        });
    });
    await Promise.all(ends);
    await this.#host.replies.written(this.#parcel.s);
  }

  abandon(why: string): void {
    this.isAbandoned = true;
    for (const run of this.#runs) run.abandon(why);
  }

  #taskRun(run: Parcel["runs"][number], nonce: string): TaskRun {
    const { s } = this.#parcel;
    const { pool, replies, maxPayloadBytes } = this.#host;
    return new TaskRun({
      run,
      jobKey: run.k ?? `${s}-${run.n}`,
      attempt: this.#attempt,
      nonce,
      pool,
      maxPayloadBytes,
      control: this.#submitter.controlOf(run.n),
      tell: (frame) => replies.post(s, frame),
    });
  }
}
