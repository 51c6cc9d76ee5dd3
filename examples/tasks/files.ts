import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { defineTasks } from "weftwork/tasks";

/** Blocks its thread twice: while the disk reads, and while the processor hashes. */
function hash(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

export const files = defineTasks(import.meta.url, { hash });
