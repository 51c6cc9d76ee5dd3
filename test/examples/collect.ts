import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isTest, readSources } from "../house/sources.js";
import { examplesInSource } from "./docstrings.js";
import { readExample, type Example } from "./example.js";
import { examplesInMarkdown } from "./markdown.js";

const PAGES = ["docs", "decisions", "changes"];

/** Every example that this repository shows to anybody. What stands in a folder below `examples` belongs to one. */
export function collectExamples(root: string): Example[] {
  const examples: Example[] = [];
  for (const path of pagesOf(root)) {
    examples.push(...examplesInMarkdown(path, readFileSync(join(root, path), "utf8")));
  }
  for (const [path, source] of readSources(root)) {
    if (path.startsWith("src/") && !isTest(path)) examples.push(...examplesInSource(path, source));
    if (/^examples\/[^/]+$/.test(path)) examples.push(readExample({ path, line: 1, code: source }));
  }
  return examples;
}

function pagesOf(root: string): string[] {
  const pages = readdirSync(root);
  for (const folder of PAGES.filter((name) => existsSync(join(root, name)))) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      pages.push(`${folder}/${name.replaceAll("\\", "/")}`);
    }
  }
  return pages.filter((path) => path.endsWith(".md")).toSorted();
}
