import type { LineOf } from "./original-lines.js";
import type { Node, Parse, SourceType } from "./parser.js";

/** A text that is put in before a place. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

const LONGEST_LABEL = 40;

/** What the module calls afterwards. Function declarations are there before the first line runs. */
const HELPERS = [
  'function __weftAwait(value, at) { return globalThis[Symbol.for("weftwork.await")]?.(value, at) ?? value; }',
  'function __weftEach(items, at) { return globalThis[Symbol.for("weftwork.each")]?.(items, at) ?? items; }',
].join(" ");

/** Cheap, and false for most modules: is there anything to do? Twice would be once too often. */
export function mayAwait(source: string): boolean {
  return /\bawait\b/.test(source) && !source.includes("__weftAwait");
}

/**
 * Makes each `await` of a module a point at which an exploration may let others go on first: `await x`
 * becomes `await __weftAwait((x), "await x :12")`, and the steps of a `for await` likewise.
 *
 * Text is put in and nothing else is touched: every line stays where it was. Columns to the right of an
 * `await` move.
 */
export function withAwaitPoints(
  source: string,
  parse: Parse,
  lineOf: LineOf,
  sourceType: SourceType = "module",
): string {
  if (!mayAwait(source)) return source;
  return withInsertions(source, awaitPointsOf(source, parse, lineOf, sourceType));
}

/** What has to be put in for that, from the left to the right. */
export function awaitPointsOf(
  source: string,
  parse: Parse,
  lineOf: LineOf,
  sourceType: SourceType,
): readonly Insertion[] {
  const program = parse(source, {
    ecmaVersion: "latest",
    sourceType,
    allowHashBang: true,
    allowReturnOutsideFunction: sourceType === "script",
  });
  const starts: Insertion[] = [];
  const ends: Insertion[] = [];
  walk(program, (node) => {
    const waited = waitedFor(node);
    if (waited === undefined) return;
    const { helper, of } = waited;
    const label = JSON.stringify(labelOf(source, node.start, of, lineOf));
    starts.push({ at: of.start, text: `${helper}((` });
    ends.push({ at: of.end, text: `), ${label})` });
  });
  // Ends that stand together belong to awaits within each other: walked from the outside, closed from the inside.
  return [...ends.toReversed(), ...starts].toSorted((a, b) => a.at - b.at);
}

export function withInsertions(source: string, insertions: readonly Insertion[]): string {
  if (insertions.length === 0) return source;
  let result = "";
  let from = 0;
  for (const { at, text } of insertions) {
    result += source.slice(from, at) + text;
    from = at;
  }
  return `${result}${source.slice(from)}\n${HELPERS}\n`;
}

function waitedFor(node: Node): { helper: string; of: Node } | undefined {
  if (node.type === "AwaitExpression")
    return { helper: "__weftAwait", of: (node as Node & { argument: Node }).argument };
  if (node.type !== "ForOfStatement") return undefined;
  const loop = node as Node & { await: boolean; right: Node };
  return loop.await ? { helper: "__weftEach", of: loop.right } : undefined;
}

function labelOf(source: string, start: number, { end }: Node, lineOf: LineOf): string {
  const before = source.slice(0, start).split("\n");
  const line = lineOf(before.length, before.at(-1)!.length);
  const text = source
    .slice(start, end)
    .replace(/\s+/g, " ")
    .replace(/ \{.*$/, " {...}");
  const short = text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 3)}...` : text;
  return `${short} :${line}`;
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of Object.values(node)) {
    for (const inner of Array.isArray(child) ? child : [child])
      if (isNode(inner)) walk(inner, visit);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}
