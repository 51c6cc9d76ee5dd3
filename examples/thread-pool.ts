// Hashes every file of a folder by blocking calls, four at a time, while the event loop stays free.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { TaskGroupError } from "weftwork";
import { ThreadExecutor } from "weftwork/executor";
import { files } from "./tasks/files.ts";

const folder = join(import.meta.dirname, "tasks");

// More threads than processors, since they also wait for the disk.
await using pool = new ThreadExecutor({ workers: 4, name: "hashing" });

const names = await readdir(folder);
const paths = names.map((name) => join(folder, name));
let hashed = 0;
for await (const hash of pool.map(files.hash, paths)) hashed += hash.length === 64 ? 1 : 0;
console.log(`all hashed: ${hashed === names.length}`);

// An error arrives whole: its code, and the line of this file in its stack.
try {
  await pool.submit(files.hash, join(folder, "missing.ts"));
} catch (error) {
  const { code, stack = "" } = error as NodeJS.ErrnoException;
  console.log(`${code}, submitted in this file: ${stack.includes("thread-pool.ts")}`);
}

// One of many: every error, and the place of its input.
try {
  await pool.map(files.hash, [...paths, join(folder, "missing.ts")]).toArray();
} catch (error) {
  if (!(error instanceof TaskGroupError)) throw error;
  console.log(`only the last failed: ${error.indices?.join() === String(paths.length)}`);
}

// prints:
// all hashed: true
// ENOENT, submitted in this file: true
// only the last failed: true
