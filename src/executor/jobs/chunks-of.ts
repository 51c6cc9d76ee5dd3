import type { Source } from "../../task/index.js";

/** Some items of a source that stand next to each other. */
export interface Chunk<I> {
  readonly items: readonly I[];
  /** The place of the first in the source. */
  readonly first: number;
}

/** Cuts a source into chunks, each as long as `sizeNow` says when it is pulled. */
export function chunksOf<I>(source: Source<I>, sizeNow: () => number): Source<Chunk<I>> {
  return Symbol.iterator in source ? cut(source, sizeNow) : cutAsync(source, sizeNow);
}

function* cut<I>(source: Iterable<I>, sizeNow: () => number): Generator<Chunk<I>> {
  let items: I[] = [];
  let first = 0;
  let size = sizeNow();
  for (const item of source) {
    items.push(item);
    if (items.length < size) continue;
    yield { items, first };
    first += items.length;
    items = [];
    size = sizeNow();
  }
  if (items.length > 0) yield { items, first };
}

async function* cutAsync<I>(
  source: AsyncIterable<I> | ReadableStream<I>,
  sizeNow: () => number,
): AsyncGenerator<Chunk<I>> {
  let items: I[] = [];
  let first = 0;
  for await (const item of source as AsyncIterable<I>) {
    items.push(item);
    if (items.length < sizeNow()) continue;
    yield { items, first };
    first += items.length;
    items = [];
  }
  if (items.length > 0) yield { items, first };
}
