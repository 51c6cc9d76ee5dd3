import type { MapPlan } from "./map-plan.js";
import { MapRun } from "./map-run.js";

/** A run that settles once, as a whole, with its values in the order of the source or as they came. */
class CollectedRun<I, O> extends MapRun<I, O> {
  readonly #values: O[];
  readonly #ordered: boolean;
  #holes = false;

  constructor(plan: MapPlan<I, O>) {
    super(plan);
    // Grown item by item, a large array would for a while be there twice.
    const known = plan.ordered && Array.isArray(plan.source);
    this.#values = known ? new Array<O>(plan.source.length) : [];
    this.#ordered = plan.ordered;
  }

  async run(): Promise<O[]> {
    this.fill();
    await this.join();
    this.throwOutcome();
    if (this.#values.length > this.pulled) this.#values.length = this.pulled; // the source has shrunk
    return this.#holes ? this.#values.filter(() => true) : this.#values; // filter passes over holes
  }

  protected override hasRoom(): boolean {
    return true;
  }

  protected override keep(index: number, value: O): void {
    if (this.#ordered) this.#values[index] = value;
    else this.#values.push(value);
  }

  protected override skip(): void {
    this.#holes = true;
  }
}

/** A run that keeps nothing. */
export class EachRun<I> extends CollectedRun<I, unknown> {
  protected override keep(): void {}
}

/** Runs the plan, and gives all its values. */
export function collect<I, O>(plan: MapPlan<I, O>): Promise<O[]> {
  if (plan.outer?.cancelled) return Promise.reject(plan.outer.reason);
  return new CollectedRun(plan).run();
}

/** Runs the plan for its effects. */
export async function runEach<I>(plan: MapPlan<I, unknown>): Promise<void> {
  plan.outer?.throwIfCancelled();
  await new EachRun(plan).run();
}
