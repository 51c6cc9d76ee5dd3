import { readExample, readNoRun, type Example } from "./example.js";

interface Block {
  readonly line: number;
  readonly language: string;
  readonly words: string;
  readonly code: string;
  /** A heading stands between this block and the one before. */
  readonly afterHeading: boolean;
}

const NOT_CHECKED = new Set(["js", "javascript", "mjs", "typescript", "tsx", "jsx", "mts"]);

/**
 * The `ts` blocks of a page. The next block says what one prints if it is `text` or `output`
 * and under the same heading. Code under another name would escape, so it is refused.
 */
export function examplesInMarkdown(path: string, text: string, firstLine = 1): Example[] {
  const blocks = blocksOf(text);
  return blocks.flatMap((block, index) => {
    const line = firstLine + block.line - 1;
    const place = `${path}:${line}`;
    if (NOT_CHECKED.has(block.language)) {
      throw new SyntaxError(
        `${place}: a "${block.language}" block is not checked: write it as "ts"`,
      );
    }
    if (block.language !== "ts") return [];
    const next = blocks[index + 1];
    const hasOutput = /^(text|output)$/.test(next?.language ?? "") && !next!.afterHeading;
    const noRun = readNoRun(place, block.words);
    const stdout = hasOutput ? { stdout: next!.code } : {};
    return [readExample({ path, line, code: block.code, noRun, ...stdout })];
  });
}

function blocksOf(text: string): Block[] {
  const lines = text.split("\n");
  const blocks: Block[] = [];
  let afterHeading = false;
  for (let at = 0; at < lines.length; at += 1) {
    if (/^#{1,6} /.test(lines[at]!)) afterHeading = true;
    const opening = /^(\s*)(`{3,}|~{3,})\s*(\S*)\s*(.*)$/.exec(lines[at]!);
    if (opening === null) continue;
    const [, indent = "", fence = "", language = "", words = ""] = opening;
    const closing = new RegExp(`^\\s*${fence[0]}{${fence.length},}\\s*$`);
    const code: string[] = [];
    const line = at + 2;
    for (at += 1; at < lines.length && !closing.test(lines[at]!); at += 1) {
      code.push(lines[at]!.startsWith(indent) ? lines[at]!.slice(indent.length) : lines[at]!);
    }
    blocks.push({ line, language, words: words.trim(), code: code.join("\n"), afterHeading });
    afterHeading = false;
  }
  return blocks;
}
