import { SourceMap, type SourceMapPayload } from "node:module";

/** Tells in which line of what somebody wrote a place of the text stands that was made of it. */
export type LineOf = (line: number, column: number) => number;

/** By a source map, if there is one. Lines count from 1, columns from 0. */
export function linesBy(map: SourceMapPayload | undefined): LineOf {
  if (map === undefined) return (line) => line;
  const places = new SourceMap(map);
  return (line, column) => {
    const entry = places.findEntry(line - 1, column);
    return "originalLine" in entry ? entry.originalLine + 1 : line;
  };
}

const INLINE = /^\/\/# sourceMappingURL=data:application\/json[^,\n]*;base64,(\S+)\s*$/m;

/** The map that a compiler has left in a text. */
export function inlineMap(source: string): SourceMapPayload | undefined {
  const [, encoded] = INLINE.exec(source) ?? [];
  if (encoded === undefined) return undefined;
  return JSON.parse(Buffer.from(encoded, "base64").toString()) as SourceMapPayload;
}

/** Puts another map in its place. */
export function withInlineMap(source: string, map: SourceMapPayload): string {
  const encoded = Buffer.from(JSON.stringify(map)).toString("base64");
  const comment = `//# sourceMappingURL=data:application/json;base64,${encoded}`;
  return source.replace(INLINE, () => comment);
}
