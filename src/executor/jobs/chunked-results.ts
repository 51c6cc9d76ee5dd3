import { messageOf, TaskGroupError } from "../../core/index.js";
import type { Results } from "../../task/index.js";
import { ChunkFailure } from "../tasks/index.js";

/** Why a chunk failed, with the place of the input in the source. */
export class PlacedFailure {
  readonly error: unknown;
  readonly index: number;
  /** Of the inputs of the chunk before that one. */
  readonly outputs: readonly unknown[];

  constructor(failure: unknown, first: number) {
    const inChunk = failure instanceof ChunkFailure ? failure : new ChunkFailure(failure, []);
    this.error = inChunk.error;
    this.index = first + inChunk.at;
    this.outputs = inChunk.outputs;
  }

  /** For the message of the whole. */
  toString(): string {
    return messageOf(this.error);
  }
}

/** The results of a map whose items travel in chunks, one by one again. */
export class ChunkedResults<O> implements Results<O> {
  readonly #chunks: Results<readonly unknown[]>;

  constructor(chunks: Results<readonly unknown[]>) {
    this.#chunks = chunks;
  }

  async toArray(): Promise<O[]> {
    const outputs: unknown[] = [];
    try {
      for (const chunk of await this.#chunks.toArray())
        for (const output of chunk) outputs.push(output);
    } catch (error) {
      throw itemsFailure(error);
    }
    return outputs as O[];
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<O, undefined> {
    let given = 0;
    try {
      for await (const chunk of this.#chunks) {
        for (const output of chunk) yield output as O;
        given += chunk.length;
      }
    } catch (error) {
      // What the failed chunk had given before its failure comes next, if nothing is missing in between.
      for (const output of outputsFrom(error, given)) yield output as O;
      throw itemsFailure(error);
    }
    return undefined;
  }
}

function outputsFrom(error: unknown, given: number): readonly unknown[] {
  if (!(error instanceof TaskGroupError)) return [];
  const next = error.errors.find(
    (each) => each instanceof PlacedFailure && each.index - each.outputs.length === given,
  ) as PlacedFailure | undefined;
  return next?.outputs ?? [];
}

/** The error of the map of chunks, as one of a map of items. */
function itemsFailure(error: unknown): unknown {
  if (!(error instanceof TaskGroupError)) return error;
  const failures = error.errors.map((each, i) =>
    each instanceof PlacedFailure ? each : { error: each, index: error.indices?.[i] },
  );
  return new TaskGroupError(
    failures.map((failure) => failure.error),
    error.message,
    { indices: failures.map((failure) => failure.index) },
  );
}
