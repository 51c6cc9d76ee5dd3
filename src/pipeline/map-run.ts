import { WaitQueue } from "../core/index.js";
import { MapItemScope } from "./item-scope.js";
import { type MapPlan, SKIP } from "./map-plan.js";
import { SourceRun } from "./source-run.js";

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
export abstract class MapRun<I, O> extends SourceRun<I> {
  readonly #plan: MapPlan<I, O>;
  #loops = 0;
  /** Loops that wait for an asynchronous source. */
  #pulling = 0;
  /** Pulls begun: room is claimed before an item comes, or loops that pull at once would overfill it. */
  #claimed = 0;
  protected pulled = 0;
  #exhausted = false;
  #ending = false;
  protected ended = false;
  readonly #waitingForEnd: WaitQueue;

  constructor(plan: MapPlan<I, O>) {
    super(plan);
    this.#plan = plan;
    this.#waitingForEnd = new WaitQueue(`the end of ${plan.label}`);
    this.scope.onCancel(() => this.#endIfOver()); // who makes a run has looked that it may start
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
    this.#endIfOver();
  }

  protected async join(): Promise<void> {
    if (!this.ended) await this.#waitingForEnd.wait();
  }

  #wantsMore(): boolean {
    return !this.#exhausted && !this.scope.cancelled && this.hasRoom(this.#claimed);
  }

  async #loop(): Promise<void> {
    const { puller } = this;
    const { fn, collect } = this.#plan;
    while (this.#wantsMore()) {
      let step: IteratorResult<I> | Promise<IteratorResult<I>>;
      // The item's place is that of its pull: of two loops that wait for one each, either may go on first.
      const index = this.#claimed;
      this.#claimed += 1;
      try {
        step = puller.pull();
        if (step instanceof Promise) step = await this.#arrival(step);
      } catch (error) {
        this.#exhausted = true;
        this.fail(error);
        break;
      }
      // An item may be on its way when the cancel comes: nothing starts after that.
      if (step.done === true || this.scope.cancelled) {
        this.#exhausted = true;
        break;
      }
      this.pulled += 1;
      const scope = new MapItemScope(this.scope, index);
      try {
        const value: O | typeof SKIP = await fn(step.value, scope);
        if (value === SKIP) this.skip(index);
        else this.keep(index, value);
      } catch (error) {
        // A run that stops ends before the gap, so that what was read of it in order is whole.
        if (collect) this.skip(index);
        this.fail(error, `item ${index}`, index, collect);
      }
      scope.end();
    }
    this.#loops -= 1;
    this.#endIfOver();
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

  #endIfOver(): void {
    if (this.#loops > 0 || this.#ending || !(this.#exhausted || this.scope.cancelled)) return;
    this.#ending = true;
    void this.end().then(() => {
      this.ended = true;
      this.#waitingForEnd.wakeAll();
    });
  }
}
