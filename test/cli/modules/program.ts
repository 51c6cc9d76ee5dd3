// A program that Node 20 can't run without help. It blocks its loop until stdin has ended.
const words: readonly string[] = process.argv.slice(2);

function drudge(ms: number): void {
  for (const endMs = performance.now() + ms; performance.now() < endMs;); // the culprit's line
}

process.stdin.resume();
for (; !process.stdin.readableEnded; drudge(600))
  await new Promise<void>((resolve) => setTimeout(resolve, 200));
process.stdout.write(`yes ${words.join(" ")}\n`);
