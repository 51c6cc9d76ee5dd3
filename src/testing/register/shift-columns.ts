import type { Insertion } from "./await-points.js";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * The mappings of a source map, for the text into which something was put.
 *
 * A segment begins with its column, as a difference to the segment before; what follows tells of the source
 * and stays. (https://tc39.es/ecma426/, "Mappings structure".)
 */
export function shiftColumns(
  mappings: string,
  source: string,
  insertions: readonly Insertion[],
): string {
  const lines = mappings.split(";");
  let lineStart = 0;
  let next = 0;
  for (const [i, text] of source.split("\n").entries()) {
    const lineEnd = lineStart + text.length;
    const here: Insertion[] = [];
    for (; (insertions[next]?.at ?? Infinity) <= lineEnd; next += 1) {
      const { at, text } = insertions[next] as Insertion;
      here.push({ at: at - lineStart, text });
    }
    const line = lines[i];
    if (here.length > 0 && line !== undefined) lines[i] = shiftLine(line, here);
    lineStart = lineEnd + 1;
  }
  return lines.join(";");
}

function shiftLine(line: string, insertions: readonly Insertion[]): string {
  let column = 0;
  let before = 0;
  let shift = 0;
  let next = 0;
  const segments = line.split(",").map((segment) => {
    const { value, rest } = firstOf(segment);
    column += value;
    for (; (insertions[next]?.at ?? Infinity) <= column; next += 1)
      shift += (insertions[next] as Insertion).text.length;
    const difference = column + shift - before;
    before = column + shift;
    return encode(difference) + rest;
  });
  return segments.join(",");
}

/** Reads a number of digits to the base of 32, the lowest first; the last bit is its sign. */
function firstOf(segment: string): { value: number; rest: string } {
  let bits = 0;
  let at = 0;
  for (let more = true; more; at += 1) {
    const digit = DIGITS.indexOf(segment[at] ?? "A");
    bits += (digit & 31) << (5 * at);
    more = (digit & 32) !== 0;
  }
  return { value: bits & 1 ? -(bits >> 1) : bits >> 1, rest: segment.slice(at) };
}

function encode(value: number): string {
  let bits = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = "";
  do {
    const more = bits >= 32;
    text += DIGITS[(bits & 31) | (more ? 32 : 0)];
    bits >>= 5;
  } while (bits > 0);
  return text;
}
