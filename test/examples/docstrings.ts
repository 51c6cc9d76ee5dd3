import { parseSync } from "oxc-parser";
import { readExample, readNoRun, type Example } from "./example.js";
import { examplesInMarkdown } from "./markdown.js";

/** The `@example`s of a source's doc comments: plain code, or Markdown with `ts` blocks. */
export function examplesInSource(path: string, source: string): Example[] {
  const { comments } = parseSync(path, source);
  return comments
    .filter((comment) => comment.type === "Block" && comment.value.startsWith("*"))
    .flatMap((comment) => {
      const firstLine = source.slice(0, comment.start).split("\n").length;
      return examplesInComment(path, firstLine, comment.value);
    });
}

function examplesInComment(path: string, firstLine: number, comment: string): Example[] {
  const lines = comment.split("\n").map((line) => line.replace(/^\s*\* ?/, ""));
  const examples: Example[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const words = /^@example\b(.*)$/.exec(lines[at]!)?.[1]?.trim();
    if (words === undefined) continue;
    const body: string[] = [];
    while (at + 1 < lines.length && !/^@\w/.test(lines[at + 1]!)) body.push(lines[(at += 1)]!);
    const line = firstLine + at - body.length + 1;
    const code = body.join("\n").trimEnd();
    if (/^ *(```|~~~)/m.test(code)) examples.push(...examplesInMarkdown(path, code, line));
    else
      examples.push(readExample({ path, line, code, noRun: readNoRun(`${path}:${line}`, words) }));
  }
  return examples;
}
