import { type CsvError, type Info, parse, type Parser } from "csv-parse";
import { BadInputError } from "./bad-input-error.js";
import type { Batch } from "./batch.js";

/** A batch for each chunk: the records that end in it, as JSON. A record may take several lines. */
export async function* csvBatches(
  source: string,
  chunks: AsyncIterable<Buffer>,
  { header }: { readonly header: boolean },
): AsyncGenerator<Batch> {
  const records = new Records(header);
  for await (const chunk of chunks) {
    await records.write(chunk);
    yield { source, ...records.take() };
  }
  await records.end();
  yield { source, ...records.take() };
}

/** What the parser has found, in the order of the file, what is malformed included. */
class Records {
  readonly #parser: Parser;
  #texts: (string | BadInputError)[] = [];
  #lines: number[] = [];
  /** Of the record before. */
  #lastLine: number;

  constructor(header: boolean) {
    this.#lastLine = header ? 1 : 0;
    this.#parser = parse({
      columns: header,
      bom: true,
      skip_records_with_error: true,
      on_skip: (error) => this.#skip(error),
      // Nothing is passed on: records that are read later would lose their place among the malformed.
      on_record: (record: unknown, { lines }: Info) => this.#add(JSON.stringify(record), lines),
    });
  }

  write(chunk: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#parser.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
  }

  end(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#parser.on("error", reject).on("end", resolve).resume().end();
    });
  }

  take(): Pick<Batch, "texts" | "lines"> {
    const taken = { texts: this.#texts, lines: this.#lines };
    this.#texts = [];
    this.#lines = [];
    return taken;
  }

  #skip(error: CsvError | undefined): undefined {
    const line = Number(error?.["lines"] ?? this.#lastLine + 1);
    this.#add(new BadInputError(error?.message ?? "malformed CSV"), line);
  }

  #add(text: string | BadInputError, lastLine: number): null {
    this.#texts.push(text);
    this.#lines.push(this.#lastLine + 1);
    this.#lastLine = lastLine;
    return null;
  }
}
