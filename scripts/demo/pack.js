import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { defineTasks } from "../../dist/executor/index.js";

/** Packs a file as well as brotli can, and tells what that saves: work that computes and nothing else. */
export default function pack(path) {
  const content = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10 };
  const packed = brotliCompressSync(content, { params });
  return { path, bytes: content.length, packed: packed.length };
}

// `weft map` needs no more than the function; executors find it by its name.
export const tasks = defineTasks(import.meta.url, { pack });
