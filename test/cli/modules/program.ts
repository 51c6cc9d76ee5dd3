// A program that Node 20 can't run without help.
const words: readonly string[] = process.argv.slice(2);

function drudge(ms: number): void {
  for (const endMs = performance.now() + ms; performance.now() < endMs;); // the culprit's line
}

await new Promise<void>((resolve) => setTimeout(resolve, 20));
drudge(600);
process.stdout.write(`yes ${words.join(" ")}\n`);
