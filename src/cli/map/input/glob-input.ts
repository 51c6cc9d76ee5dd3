import { resolve } from "node:path";
import { glob } from "tinyglobby";
import type { Input } from "./batch.js";
import { ListInput } from "./list-input.js";

/**
 * The paths of all files that match, in alphabetical order, so that every run has the same; those of `except`
 * left out, whatever matches them.
 */
export async function globInput(
  pattern: string,
  except: readonly string[],
): Promise<{ input: Input; paths: string[] }> {
  const left = new Set(except.map((path) => resolve(path)));
  const found = await glob(pattern);
  const paths = found.filter((path) => !left.has(resolve(path))).toSorted();
  return { input: new ListInput(paths.length, "text", (index) => paths[index]!), paths };
}
