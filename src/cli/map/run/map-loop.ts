import {
  CancelledError,
  type CancelScope,
  host,
  NamedScope,
  WaitQueue,
} from "../../../core/index.js";
import type { Batch, Input } from "../input/index.js";
import { Attempts, type AttemptsOptions, Exhausted } from "./attempts.js";
import { Failure } from "./failure.js";
import { Order } from "./order.js";
import type { Results } from "./results.js";

export interface MapLoopOptions extends AttemptsOptions {
  readonly input: Pick<Input, "batches" | "close">;
  readonly results: Results;
  readonly ordered: boolean;
  /** Whether the map goes on after this failure. If not, the input counts as not run. */
  readonly mayFail: (failure: Failure) => boolean;
  /** Whether the input has been dealt with in an earlier run. */
  readonly isDone: (index: number) => boolean;
}

/** Most inputs between two looks at the clock; as few as one, if they are long. */
const INPUTS_PER_LOOK = 32;
/** How many results may wait for one that is slow, as a multiple of what is under way. */
const WINDOW = 16;
/** How many characters of them. */
const MOST_HELD = 1 << 25;

/** What came of one input. */
interface Outcome {
  readonly index: number;
  readonly value: string | Failure;
}

/**
 * Runs a place over an input, as fast as the results are taken.
 *
 * Invariants:
 *  1. What was started is waited for, whatever happens. What was not is never told of.
 *  2. In order, what is told of is what an undisturbed run would tell of first.
 *  3. A function that gives its value at once costs no promise.
 */
export class MapLoop {
  readonly #options: MapLoopOptions;
  readonly #attempts: Attempts;
  readonly #order: Order<Outcome>;
  /** Cancelled when no more is to start. */
  readonly #intake: CancelScope;
  readonly #freed: WaitQueue = new WaitQueue("an input of the map to end");
  #seen = 0;
  #claimed = 0;
  #inFlight = 0;
  /** When the loop had its last turn, when the clock was looked at, and at which input it will be. */
  #turnMs = 0;
  #lookMs = 0;
  #nextLook = 0;
  #stride = 1;

  constructor(scope: CancelScope, options: MapLoopOptions) {
    this.#options = options;
    this.#intake = new NamedScope(scope, "intake");
    this.#attempts = new Attempts(this.#intake, options);
    const sizeOf = ({ value }: Outcome): number => (typeof value === "string" ? value.length : 1);
    this.#order = new Order((outcome) => this.#tell(outcome), sizeOf);
  }

  /** Inputs that were taken, those included that were dealt with before. */
  get seen(): number {
    return this.#seen;
  }

  /** Inputs under way. */
  get inFlight(): number {
    return this.#inFlight;
  }

  get stopped(): boolean {
    return this.#intake.cancelled;
  }

  /** Takes nothing in any more. What runs goes on. */
  stop(): void {
    if (this.stopped) return;
    this.#intake.cancel(new CancelledError("the map takes no more inputs"));
    this.#options.input.close();
    this.#options.place.dismissWaiting();
    this.#freed.wakeAll();
  }

  /** Resolves when nothing runs any more; also after {@link stop}. Rejects if the input can't be read. */
  async run(): Promise<void> {
    this.#lookMs = this.#turnMs = host.nowMs();
    try {
      for await (const batch of this.#options.input.batches()) {
        await this.#runBatch(batch);
        if (this.stopped) break;
      }
    } finally {
      while (this.#inFlight > 0) await this.#freed.wait();
    }
  }

  async #runBatch(batch: Batch): Promise<void> {
    const { rate, isDone, results } = this.#options;
    for (let at = 0; at < batch.texts.length; at += 1) {
      const index = this.#seen;
      if (!isDone(index)) {
        while (!this.#hasRoom() && !this.stopped) await this.#freed.wait();
        if (results.full && !this.stopped) await results.drained();
        if (rate?.tryAcquire() === false) await rate.acquire(this.#intake).catch(ignore);
        if (this.stopped) return;
        this.#start(batch, at, index);
      }
      this.#seen += 1;
      if (this.#seen >= this.#nextLook && this.#sliceIsOver()) {
        await new Promise<void>((resolve) => host.soon(resolve));
        this.#lookMs = this.#turnMs = host.nowMs();
      }
    }
  }

  #sliceIsOver(): boolean {
    const nowMs = host.nowMs();
    const short = nowMs - this.#lookMs < 1;
    this.#stride = short ? Math.min(INPUTS_PER_LOOK, 2 * this.#stride) : 1;
    this.#nextLook = this.#seen + this.#stride;
    this.#lookMs = nowMs;
    return nowMs - this.#turnMs > this.#options.place.sliceMs;
  }

  #hasRoom(): boolean {
    const { place, ordered } = this.#options;
    if (this.#inFlight >= place.ahead) return false;
    if (!ordered || this.#inFlight === 0) return true;
    const ahead = this.#claimed - this.#order.given;
    return ahead < WINDOW * place.ahead && this.#order.heldSize < MOST_HELD;
  }

  #start(batch: Batch, at: number, index: number): void {
    const text = batch.texts[at]!;
    const claim = this.#claimed;
    this.#claimed += 1;
    let value: string | PromiseLike<string>;
    try {
      if (typeof text !== "string") throw text;
      value = this.#options.place.run(text, 1);
    } catch (error) {
      if (!this.#options.retries.allow(1, error)) {
        this.#settle(claim, index, this.#judge(new Failure(batch, at, index, error)));
        return;
      }
      value = Promise.reject(error);
    }
    if (typeof value === "string") this.#settle(claim, index, value);
    else void this.#follow(claim, value, batch, at, index);
  }

  async #follow(
    claim: number,
    first: PromiseLike<string>,
    batch: Batch,
    at: number,
    index: number,
  ): Promise<void> {
    this.#inFlight += 1;
    const outcome = await this.#attempts.follow(first, batch.texts[at] as string);
    this.#inFlight -= 1;
    const value =
      outcome instanceof Exhausted
        ? this.#judge(new Failure(batch, at, index, outcome.error))
        : outcome;
    this.#settle(claim, index, value);
    this.#freed.wakeOne();
  }

  #judge(failure: Failure): Failure | undefined {
    if (this.#options.mayFail(failure)) return failure;
    this.stop();
    return undefined;
  }

  /** Without a value the input was not run; in order, nothing behind it is told of then. */
  #settle(claim: number, index: number, value: string | Failure | undefined): void {
    if (value === undefined) return;
    if (this.#options.ordered) this.#order.add(claim, { index, value });
    else this.#tell({ index, value });
  }

  #tell({ index, value }: Outcome): void {
    if (typeof value === "string") this.#options.results.done(index, value);
    else this.#options.results.failed(value);
  }
}

function ignore(): void {}
