import { CancelledError, ConcurrencyError, END, WaitQueue } from "../../core/index.js";
import type { Results } from "../../task/index.js";
import type { ItemSink, Job, JobOwner } from "./job.js";

/** How many outputs a stream gives ahead of its reader. */
const AHEAD = 16;

/** The outputs of a job that is a stream. Nothing runs before they are read. */
export class StreamResults<O> implements Results<O> {
  readonly #job: Job;
  readonly #owner: JobOwner;
  readonly #enter: () => void;
  #read = false;

  constructor(job: Job, owner: JobOwner, enter: () => void) {
    this.#job = job;
    this.#owner = owner;
    this.#enter = enter;
  }

  async toArray(): Promise<O[]> {
    const outputs: O[] = [];
    for await (const output of this) outputs.push(output);
    return outputs;
  }

  [Symbol.asyncIterator](): AsyncIterator<O, undefined> {
    if (this.#read)
      throw new ConcurrencyError("CLOSED", "this stream has been read: start another");
    this.#read = true;
    return new StreamReader<O>(this.#job, this.#owner, this.#enter);
  }
}

/**
 * Reads a stream at its own pace: a credit is granted for what has been taken, and an output is sent for
 * a credit only.
 *
 * Invariant: outputs that are here, or may still come unasked, are at most {@link AHEAD}.
 */
class StreamReader<O> implements AsyncIterator<O, undefined>, ItemSink {
  readonly firstCredit: number = AHEAD;
  readonly #job: Job;
  readonly #owner: JobOwner;
  readonly #enter: () => void;
  readonly #here: O[] = [];
  readonly #readers: WaitQueue<IteratorResult<O, undefined>>;
  /** Taken, and not granted again. */
  #taken = 0;
  #entered = false;
  #finished = false;

  constructor(job: Job, owner: JobOwner, enter: () => void) {
    this.#job = job;
    this.#owner = owner;
    this.#enter = enter;
    this.#readers = new WaitQueue(`the outputs of task "${job.name}"`);
    job.sink = this;
  }

  item(value: unknown): void {
    if (this.#finished) return; // sent before the worker heard that nobody reads
    if (this.#readers.wakeOne({ done: false, value: value as O })) this.#grant();
    else this.#here.push(value as O);
  }

  next(): Promise<IteratorResult<O, undefined>> {
    if (this.#finished) return Promise.resolve(END);
    this.#start();
    if (this.#here.length > 0) {
      const value = this.#here.shift() as O;
      this.#grant();
      return Promise.resolve({ done: false, value });
    }
    if (this.#job.settled) return this.#outcome();
    return this.#readers.wait();
  }

  /** Left early: ends the generator, and waits for its end. Rejects if that fails. */
  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#finished = true;
    if (!this.#entered) return END;
    this.#job.cancel(new CancelledError("the stream was left"));
    await this.#job.result().catch((error: unknown) => {
      if (this.#job.state === "rejected") throw error;
    });
    return END;
  }

  #start(): void {
    if (this.#entered) return;
    this.#entered = true;
    this.#enter();
    const end = (): void => this.#dismissReaders();
    void this.#job.result().then(end, end);
  }

  #grant(): void {
    this.#taken += 1;
    if (this.#taken * 2 < AHEAD || this.#job.settled) return;
    this.#owner.grantCredit(this.#job, this.#taken);
    this.#taken = 0;
  }

  /** The first reader that has had no output is told of the outcome, the others of the end. */
  #dismissReaders(): void {
    while (this.#readers.size > 0) {
      if (!this.#finished && this.#job.state !== "fulfilled")
        this.#readers.failOne(this.#job.outcome);
      else this.#readers.wakeOne(END);
      this.#finished = true;
    }
  }

  async #outcome(): Promise<IteratorReturnResult<undefined>> {
    this.#finished = true;
    await this.#job.result();
    return END;
  }
}
