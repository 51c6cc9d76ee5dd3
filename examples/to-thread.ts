// A blocking read that is moved off the event loop by one word. The loop goes on meanwhile.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { now } from "weftwork";
import { toThread } from "weftwork/executor";

// A function that no module names is sent by its text: what it needs it takes as input, or imports itself.
async function countWords(path: string): Promise<number> {
  const { readFileSync } = await import("node:fs");
  const words = readFileSync(path, "utf8").split(" ");
  const endMs = Date.now() + 500; // stands for a slow disk
  while (Date.now() < endMs);
  return words.length;
}

const folder = await mkdtemp(join(tmpdir(), "words-"));
const path = join(folder, "words.txt");
await writeFile(path, "to be or not to be");

let longestMs = 0;
let lastMs = now();
const ticking = setInterval(() => {
  longestMs = Math.max(longestMs, now() - lastMs);
  lastMs = now();
}, 5);
console.log(`${await toThread(countWords, path)} words`);
clearInterval(ticking);
console.log(`the loop was never blocked for as long as the read took: ${longestMs < 500}`);
await rm(folder, { recursive: true });

// prints:
// 6 words
// the loop was never blocked for as long as the read took: true
