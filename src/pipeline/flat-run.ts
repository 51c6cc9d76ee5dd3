import type { Source } from "../task/index.js";
import { type ItemScope, MapItemScope } from "./item-scope.js";
import { type Puller, pullerOf, requireSource } from "./source.js";
import type { RunInput } from "./source-run.js";
import { StageRun } from "./stage-run.js";

/** Gives several results for an item: an array, a generator, a stream. */
export type FlatMapFunction<I, O> = (
  input: I,
  scope: ItemScope,
) => Source<O> | PromiseLike<Source<O>>;

/** Gives the results of one item after those of the other. */
export class FlatRun<I, O> extends StageRun<I, O> {
  readonly #fn: FlatMapFunction<I, O>;
  #item: MapItemScope | undefined;
  #results: Puller<O> | undefined;
  #index = 0;

  constructor(fn: FlatMapFunction<I, O>, input: RunInput<I>) {
    super(input);
    this.#fn = fn;
  }

  protected override async step(): Promise<IteratorResult<O, undefined>> {
    for (;;) {
      this.scope.throwIfCancelled();
      const result = await this.#results?.pull();
      if (result?.done === false) return result;
      this.#item?.end();
      const item = await this.pull();
      if (item.done === true) return item;
      this.#item = new MapItemScope(this.scope, this.#index);
      this.#index += 1;
      const results = await this.#fn(item.value, this.#item);
      requireSource(results);
      this.#results = pullerOf(results);
    }
  }

  protected override close(): Promise<unknown> {
    const results = this.#results?.close().catch((error) => this.fail(error, "a result"));
    return Promise.all([super.close(), results]);
  }
}
