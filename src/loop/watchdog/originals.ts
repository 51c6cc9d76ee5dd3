import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { StallFrame } from "../frame.js";

interface Source {
  readonly lines: readonly string[];
  readonly map: SourceMap | undefined;
}

const LAST_MAP = /^\/\/[#@] sourceMappingURL=(\S+)\s*$/gm;

/** Leads from code as it ran to code as it was written. Files are read when a report needs them, and kept. */
export class Originals {
  readonly #sources = new Map<string, Source | undefined>();

  /** The frame as its author knows it. */
  original(frame: StallFrame): StallFrame {
    const map = this.#sourceOf(frame.file)?.map;
    const { functionName, file, line, column } = frame;
    const seen: StallFrame = { functionName, file, line, column };
    if (map === undefined) return seen;
    const found = map.findEntry(frame.line - 1, frame.column - 1) as {
      originalSource?: string;
      originalLine?: number;
      originalColumn?: number;
    };
    if (found.originalSource === undefined) return seen;
    const base = pathToFileURL(frame.file);
    const url = new URL(found.originalSource, base);
    return {
      functionName,
      file: url.protocol === "file:" ? fileURLToPath(url) : url.href,
      line: (found.originalLine ?? 0) + 1,
      column: (found.originalColumn ?? 0) + 1,
    };
  }

  /** What stands at the frame's place, as it ran; "" if its file can't be read. */
  textAt({ file, line, column }: StallFrame): string {
    return this.#sourceOf(file)?.lines[line - 1]?.slice(column - 1) ?? "";
  }

  #sourceOf(file: string): Source | undefined {
    if (!this.#sources.has(file)) this.#sources.set(file, read(file));
    return this.#sources.get(file);
  }
}

function read(file: string): Source | undefined {
  try {
    const text = readFileSync(file, "utf8");
    return { lines: text.split("\n"), map: mapOf(file, text) };
  } catch {
    return undefined;
  }
}

function mapOf(file: string, text: string): SourceMap | undefined {
  const url = [...text.matchAll(LAST_MAP)].at(-1)?.[1];
  if (url === undefined) return undefined;
  try {
    const inline = /^data:[^,]*?(;base64)?,(.*)$/.exec(url);
    const json = inline
      ? Buffer.from(decodeURIComponent(inline[2]!), inline[1] ? "base64" : "utf8").toString()
      : readFileSync(resolve(dirname(file), decodeURIComponent(url)), "utf8");
    return new SourceMap(JSON.parse(json) as ConstructorParameters<typeof SourceMap>[0]);
  } catch {
    return undefined; // a map that is missing or broken is no reason to say nothing
  }
}
