import type { Batch } from "./batch.js";

const NEWLINE = 10;

/** A batch for each chunk: the lines that end in it. The end of the file ends a line too. */
export async function* lineBatches(
  source: string,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Batch> {
  let line = 1;
  for await (const texts of linesOf(chunks)) {
    yield { source, texts, lines: line };
    line += texts.length;
  }
}

/** The same; blank lines count, but are no inputs. */
export async function* jsonBatches(
  source: string,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Batch> {
  for await (const batch of lineBatches(source, chunks)) {
    yield batch.texts.some(isBlank) ? withoutBlanks(batch) : batch;
  }
}

function withoutBlanks({ source, texts, lines }: Batch): Batch {
  const kept = texts.map((text, at) => ({ text, line: (lines as number) + at }));
  const filled = kept.filter(({ text }) => !isBlank(text));
  return { source, texts: filled.map(({ text }) => text), lines: filled.map(({ line }) => line) };
}

function isBlank(text: Batch["texts"][number]): boolean {
  return typeof text === "string" && text.trim() === "";
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  let begun: Buffer[] = []; // of a line that has not ended yet
  let first = true;
  for await (const chunk of chunks) {
    // No byte of a longer character is a newline: what ends with one can be decoded by itself.
    const end = chunk.lastIndexOf(NEWLINE);
    if (end < 0) {
      begun.push(chunk);
      continue;
    }
    const text = textOf([...begun, chunk.subarray(0, end)], first);
    first = false;
    begun = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
    yield split(text);
  }
  if (begun.length > 0) yield split(textOf(begun, first));
}

function textOf(parts: readonly Buffer[], first: boolean): string {
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  const text = bytes.toString("utf8");
  return first && text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function split(text: string): string[] {
  const lines = text.split("\n");
  if (!text.includes("\r")) return lines;
  return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
}
