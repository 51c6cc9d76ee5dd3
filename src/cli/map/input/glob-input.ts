import { glob } from "tinyglobby";
import type { Input } from "./batch.js";
import { ListInput } from "./list-input.js";

/** The paths of all files that match, in alphabetical order, so that every run has the same. */
export async function globInput(pattern: string): Promise<{ input: Input; paths: string[] }> {
  const paths = (await glob(pattern)).toSorted();
  return { input: new ListInput(paths.length, "text", (index) => paths[index]!), paths };
}
