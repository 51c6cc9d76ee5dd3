import { type AnyTask, addressOf, type TaskAddress } from "./define-tasks.js";
import { sourceOf } from "./function-source.js";

/** Before a task was ever measured: too long to be sent ahead. */
const UNKNOWN_US = 1e6;

/** How much work should travel together: some ten times what a message costs. */
const CHUNK_US = 500;
const LARGEST_CHUNK = 4096;

/** What it costs a pool's thread, at the least, to hand over a task and to take what comes of it. */
const HANDLING_US = 1;
/** A longer input costs the worker as much as the pool's thread, so that one worker has no time to spare. */
const SHORT_SEND_US = 10;

/** An input is cheap to send if its run takes so many times as long. */
const CHEAP_TIMES = 20;

/** One send in so many is measured, unless it takes much longer than the clock does. */
const MEASURE_EVERY = 16;
const WORTH_A_MEASURE_US = 20;

/** A function as a pool and its workers speak of it, and how long it takes. */
export class TaskRef {
  readonly id: number;
  /** What a worker must know of it: its origin is where to find it, or its text. */
  readonly definition: { readonly name: string; readonly origin: TaskAddress | string };
  /** How long a run takes, by the workers' own measure. */
  averageUs: number = UNKNOWN_US;
  /** How long it takes to write an input for a worker. */
  #sendUs = 0;
  #sends = 0;

  /** How long an input occupies a worker: its run, and reading what was sent and writing what comes of it. */
  get occupiesUs(): number {
    return this.averageUs + 2 * this.#sendUs;
  }

  /** True if one worker does these as fast as they can be handed over. */
  get trifling(): boolean {
    return this.averageUs <= HANDLING_US && this.#sendUs <= SHORT_SEND_US;
  }

  /** True if to send an input twice is nothing beside its run. */
  get cheapToSend(): boolean {
    return CHEAP_TIMES * this.#sendUs <= this.averageUs;
  }

  /** True if the next send is to be measured: some are. */
  wantsMeasure(): boolean {
    this.#sends += 1;
    return this.#sends % MEASURE_EVERY === 1 || this.#sendUs > WORTH_A_MEASURE_US;
  }

  sent(us: number): void {
    // One send during which the thread had to wait for a core is not believed.
    const believed = this.#sends === 1 ? us : Math.min(us, 4 * this.#sendUs + WORTH_A_MEASURE_US);
    this.#sendUs += (believed - this.#sendUs) / 4;
  }

  /** How long a run takes; -1 if none was measured. */
  get measuredUs(): number {
    return this.averageUs === UNKNOWN_US ? -1 : this.averageUs;
  }

  /** How many inputs should travel together. */
  get chunkSize(): number {
    return Math.max(1, Math.min(LARGEST_CHUNK, Math.floor(CHUNK_US / this.averageUs)));
  }

  constructor(id: number, name: string, origin: TaskAddress | string) {
    this.id = id;
    this.definition = { name, origin };
  }
}

/** The functions that a pool has been given. */
export class TaskRefs {
  readonly #byFunction = new WeakMap<AnyTask, TaskRef>();
  /** An arrow function in a loop is a new object each time, but one text. */
  readonly #byText = new Map<string, TaskRef>();
  #lastId = 0;

  /** Throws `NOT_SELF_CONTAINED` if `task` can't be sent. */
  of(task: AnyTask): TaskRef {
    const known = this.#byFunction.get(task);
    if (known !== undefined) return known;
    const address = addressOf(task);
    const text = address === undefined ? sourceOf(task) : `${address.name} ${address.module}`;
    let ref = this.#byText.get(text);
    if (ref === undefined) {
      ref = new TaskRef((this.#lastId += 1), task.name, address ?? text);
      this.#byText.set(text, ref);
    }
    this.#byFunction.set(task, ref);
    return ref;
  }
}
