import { type MapPlan, MapRun } from "./map-run.js";

/** A run that nobody reads step by step: it settles once, as a whole. */
abstract class WholeRun<I, O, R> extends MapRun<I, O> {
  readonly settled: Promise<R>;
  #resolve!: (result: R) => void;
  #reject!: (error: unknown) => void;

  constructor(plan: MapPlan<I, O>) {
    super(plan);
    this.settled = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  protected abstract result(): R;

  run(): Promise<R> {
    this.fill();
    return this.settled;
  }

  protected override hasRoom(): boolean {
    return true;
  }

  protected override ended(): void {
    try {
      this.throwOutcome();
      this.#resolve(this.result());
    } catch (error) {
      this.#reject(error);
    }
  }
}

/** Collects the values in the order of the source, or as they come. */
export class CollectedRun<I, O> extends WholeRun<I, O, O[]> {
  readonly #values: O[];
  readonly #ordered: boolean;
  #skipped = false;

  constructor(plan: MapPlan<I, O>, ordered: boolean) {
    super(plan);
    // Grown item by item, a large array would for a while be there twice.
    const known = ordered && Array.isArray(plan.source);
    this.#values = known ? new Array<O>(plan.source.length) : [];
    this.#ordered = ordered;
  }

  protected override keep(index: number, value: O): void {
    if (this.#ordered) this.#values[index] = value;
    else this.#values.push(value);
  }

  protected override skip(): void {
    this.#skipped = true;
  }

  protected override result(): O[] {
    return this.#skipped ? this.#values.filter(() => true) : this.#values; // filter passes over holes
  }
}

/** Keeps nothing. */
export class EachRun<I> extends WholeRun<I, unknown, void> {
  protected override keep(): void {}

  protected override skip(): void {}

  protected override result(): void {}
}
