import {
  CancelledError,
  type CancelScope,
  Failures,
  NamedScope,
  onlyCancelled,
  TaskGroupError,
  WaitQueue,
} from "../core/index.js";
import { MapItemScope } from "./item-scope.js";
import { type MapPlan, SKIP } from "./map-plan.js";
import { type Puller, pullerOf } from "./source.js";

/**
 * One run over a source: up to `limit` loops, each of which pulls an item, waits for `fn`, and pulls the next.
 *
 * Loops and not a semaphore: nothing is queued, an infinite source is fine, and an item costs one await.
 * What becomes of the values is for the subclasses to say.
 *
 * Invariants:
 *  1. At most `limit` loops run, and each runs `fn` at most once at a time.
 *  2. After a cancel, or a failure that stops the run, nothing more is pulled.
 *  3. Once it has ended, no loop runs, none will start, and the source is closed.
 */
export abstract class MapRun<I, O> {
  protected readonly scope: CancelScope;
  protected readonly failures: Failures = new Failures();
  readonly #plan: MapPlan<I, O>;
  readonly #puller: Puller<I>;
  #loops = 0;
  /** Loops that wait for an asynchronous source. */
  #pulling = 0;
  /** Pulls begun: room is claimed before an item comes, or loops that pull at once would overfill it. */
  #claimed = 0;
  protected pulled = 0;
  #exhausted = false;
  #ending = false;
  #ended = false;
  readonly #waitingForEnd: WaitQueue;
  #closing: Promise<void> | undefined;

  constructor(plan: MapPlan<I, O>) {
    this.#plan = plan;
    this.#puller = pullerOf(plan.source);
    this.scope = new NamedScope(plan.outer, plan.label);
    this.#waitingForEnd = new WaitQueue(`the end of ${plan.label}`);
    this.scope.onCancel(() => this.#stopped()); // who makes a run has looked that it may start
  }

  /** False if `claimed` items in all would fill the memory that this run may use. */
  protected abstract hasRoom(claimed: number): boolean;
  protected abstract keep(index: number, value: O): void;
  /** The item has no value: `fn` failed. */
  protected abstract skip(index: number): void;

  /**
   * Starts as many loops as may run; called again when there is room again. While one waits for the
   * source no other is started: it could only wait too.
   */
  protected fill(): void {
    while (this.#loops < this.#plan.limit && this.#pulling === 0 && this.#wantsMore()) {
      this.#loops += 1;
      void this.#loop();
    }
    if (this.#loops === 0) this.#endIfOver();
  }

  protected stop(reason: unknown): void {
    this.scope.cancel(reason);
  }

  /** The scope was cancelled: from outside, by a failure, or by whoever stopped reading. */
  #stopped(): void {
    this.#closing = this.#close();
    if (this.#loops === 0) this.#endIfOver();
  }

  protected get ended(): boolean {
    return this.#ended;
  }

  protected async whenEnded(): Promise<void> {
    if (!this.#ended) await this.#waitingForEnd.wait();
  }

  protected get cancelledFromOutside(): boolean {
    return this.#plan.outer?.cancelled ?? false;
  }

  protected throwFailures(): void {
    if (this.failures.count > 0) throw this.failures.toError(this.#plan.label, { indexed: true });
  }

  /** Throws what the run as a whole rejects with, if anything. */
  protected throwOutcome(): void {
    this.throwFailures();
    if (this.cancelledFromOutside) throw this.#plan.outer?.reason;
  }

  #wantsMore(): boolean {
    return !this.#exhausted && !this.scope.cancelled && this.hasRoom(this.#claimed);
  }

  async #loop(): Promise<void> {
    const puller = this.#puller;
    const { fn } = this.#plan;
    while (this.#wantsMore()) {
      let step: IteratorResult<I> | Promise<IteratorResult<I>>;
      this.#claimed += 1;
      try {
        step = puller.pull();
        if (step instanceof Promise) step = await this.#arrival(step);
      } catch (error) {
        this.#exhausted = true;
        this.#fail(error, undefined);
        break;
      }
      if (step.done === true) {
        this.#exhausted = true;
        break;
      }
      const index = this.pulled;
      this.pulled += 1;
      const scope = new MapItemScope(this.scope, index);
      try {
        const value: O | typeof SKIP = await fn(step.value, scope);
        if (value === SKIP) this.skip(index);
        else this.keep(index, value);
      } catch (error) {
        this.skip(index);
        if (!onlyCancelled(error, this.scope)) this.#fail(error, index);
      }
      scope.end();
    }
    this.#loops -= 1;
    if (this.#loops === 0) this.#endIfOver();
  }

  async #arrival(pull: Promise<IteratorResult<I>>): Promise<IteratorResult<I>> {
    this.#pulling += 1;
    let step: IteratorResult<I>;
    try {
      step = await pull;
    } finally {
      this.#pulling -= 1;
    }
    if (step.done !== true) this.fill(); // the next loop may pull while this one's item is dealt with
    return step;
  }

  #fail(error: unknown, index: number | undefined): void {
    const stage = this.#plan.upstream && index === undefined && error instanceof TaskGroupError;
    if (stage) this.failures.addAll(error);
    else this.failures.add(error, index);
    if (this.#plan.collect && index !== undefined) return;
    if (this.scope.cancelled) return;
    const which = index === undefined ? "the source" : `item ${index}`;
    this.stop(new CancelledError(`cancelled because ${which} failed`, { cause: error }));
  }

  #endIfOver(): void {
    if (this.#ending || !(this.#exhausted || this.scope.cancelled)) return;
    this.#ending = true;
    void this.#end();
  }

  async #end(): Promise<void> {
    await this.#closing;
    await this.#close(); // also a generator that was itself running when the cancel came
    this.scope.end();
    this.#ended = true;
    this.#waitingForEnd.wakeAll();
  }

  async #close(): Promise<void> {
    try {
      await this.#puller.close();
    } catch (error) {
      this.failures.add(error);
    }
  }
}
