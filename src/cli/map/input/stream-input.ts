import type { Batch, Input } from "./batch.js";
import { ByteSource } from "./byte-source.js";
import { csvBatches } from "./csv.js";
import { jsonBatches, lineBatches } from "./lines.js";

export type Format = "lines" | "jsonl" | "csv";

const READERS = { lines: lineBatches, jsonl: jsonBatches, csv: csvBatches };

/** The records of `files`, or of stdin if there are none. */
export function streamInput(
  files: readonly string[],
  formatOf: (file: string) => Format,
  options: { readonly header: boolean },
): Input {
  const bytes = new ByteSource(files);
  return {
    decoding: formatOf(files[0] ?? "stdin") === "lines" ? "text" : "json",
    count: undefined,
    async *batches(): AsyncGenerator<Batch> {
      for await (const { name, chunks } of bytes.sources()) {
        yield* READERS[formatOf(name)](name, chunks, options);
      }
    },
    close: () => bytes.close(),
    share: () => bytes.share(),
  };
}
