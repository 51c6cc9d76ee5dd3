import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { StallFrame } from "../frame.js";

interface Source {
  readonly lines: readonly string[];
  readonly map: SourceMap | undefined;
  /** True if what the file says is what ran. */
  readonly ran: boolean;
}

const LAST_MAP = /^\/\/[#@] sourceMappingURL=(\S+)\s*$/gm;

/**
 * Leads from code as it ran to code as it was written. Files are read when a report needs them, and kept. Where
 * the maps are is told by the engine, which knows what ran: a loader may have made it of what the file says.
 */
export class Originals {
  readonly #sources = new Map<string, Source | undefined>();
  readonly #mapUrls = new Map<string, string>();

  /** A script was loaded that names its map, by a URL that may hold it all. */
  mapped(file: string, mapUrl: string): void {
    this.#mapUrls.set(file, mapUrl);
    this.#sources.delete(file);
  }

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

  /** What stands at the frame's place; "" if its file can't be read. */
  textAt(frame: StallFrame): string {
    const { file, line, column } =
      this.#sourceOf(frame.file)?.ran === true ? frame : this.original(frame);
    return this.#sourceOf(file)?.lines[line - 1]?.slice(column - 1) ?? "";
  }

  #sourceOf(file: string): Source | undefined {
    if (!this.#sources.has(file)) this.#sources.set(file, read(file, this.#mapUrls.get(file)));
    return this.#sources.get(file);
  }
}

function read(file: string, mapUrl: string | undefined): Source | undefined {
  const text = textOf(file);
  const url = [...text.matchAll(LAST_MAP)].at(-1)?.[1];
  const map = mapOf(file, mapUrl ?? url);
  if (text === "" && map === undefined) return undefined;
  return { lines: text.split("\n"), map, ran: text !== "" && mapUrl === url };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function mapOf(file: string, url: string | undefined): SourceMap | undefined {
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
