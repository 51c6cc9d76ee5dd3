import type { Job as QueueJob } from "bullmq";
import { readParcel } from "../wire/index.js";
import { type ParcelHost, ParcelRun } from "./parcel-run.js";
import type { Submitters } from "./submitters.js";

/** The parcels that are on this host. */
export class ParcelDesk {
  readonly #host: ParcelHost;
  readonly #submitters: Submitters;
  readonly #runs = new Map<string, ParcelRun>();
  /** What BullMQ wants to be thrown when a job is the queue's again. */
  readonly #GivenBack: new () => Error;
  #abandoned = 0;
  #isClosing = false;

  constructor(host: ParcelHost, submitters: Submitters, GivenBack: new () => Error) {
    this.#host = host;
    this.#submitters = submitters;
    this.#GivenBack = GivenBack;
  }

  get parcels(): number {
    return this.#runs.size;
  }

  /** Parcels that were lost to another host, or given back. */
  get abandoned(): number {
    return this.#abandoned;
  }

  /** BullMQ's processor: it resolves when the parcel is done, and the job is removed then. */
  async process(job: QueueJob, token: string | undefined): Promise<void> {
    const parcel = readParcel(job.data);
    const submitter = await this.#submitters.of(parcel.s);
    if (!submitter.lives) return; // nobody waits for it
    const run = new ParcelRun(this.#host, parcel, submitter, job.attemptsStarted);
    if (!this.#isClosing && (await this.#isDoneHere(job.id as string, run))) return;
    await job.moveToWait(token).catch(() => {}); // it may be another host's by now
    throw new this.#GivenBack();
  }

  abandon(id: string, why: string): void {
    const run = this.#runs.get(id);
    if (run === undefined || run.isAbandoned) return;
    this.#abandoned += 1;
    run.abandon(why);
  }

  abandonAll(why: string): void {
    for (const id of this.#runs.keys()) this.abandon(id, why);
  }

  /** For good: what comes late is given back too. */
  close(why: string): void {
    this.#isClosing = true;
    this.abandonAll(why);
  }

  async #isDoneHere(id: string, run: ParcelRun): Promise<boolean> {
    this.abandon(id, "it came here again"); // the queue had taken this host for dead
    this.#runs.set(id, run);
    try {
      await run.run();
    } finally {
      if (this.#runs.get(id) === run) this.#runs.delete(id);
    }
    return !run.isAbandoned;
  }
}
