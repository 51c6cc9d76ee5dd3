import type { ItemScope } from "./item-scope.js";
import { MapItemScope } from "./item-scope.js";
import { type Puller, pullerOf, requireSource, type Source } from "./source.js";
import { type StageInput, StageRun } from "./stage-run.js";

/** Gives several results for an item: an array, a generator, a stream. */
export type FlatMapFunction<I, O> = (
  input: I,
  scope: ItemScope,
) => Source<O> | PromiseLike<Source<O>>;

/** Gives the results of one item after those of the other. */
export class FlatRun<I, O> extends StageRun<I, O> {
  readonly #fn: FlatMapFunction<I, O>;
  #results: Puller<O> | undefined;
  #index = 0;

  constructor(fn: FlatMapFunction<I, O>, input: StageInput<I>) {
    super("flatMap", input);
    this.#fn = fn;
  }

  protected override async step(): Promise<IteratorResult<O, undefined>> {
    for (;;) {
      const result = await this.#results?.pull();
      this.scope.throwIfCancelled();
      if (result?.done === false) return result;
      const item = await this.pull();
      if (item.done === true) return item;
      const results = await this.#fn(item.value, new MapItemScope(this.scope, this.#index));
      requireSource(results);
      this.#results = pullerOf(results);
      this.#index += 1;
    }
  }

  protected override async closeOwn(): Promise<void> {
    await this.#results?.close();
  }
}
