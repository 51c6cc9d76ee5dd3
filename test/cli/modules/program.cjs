// Prints what it was started with, blocks its loop until stdin has ended, and has an exit code of its own.
function drudge() {
  for (const endMs = performance.now() + 600; performance.now() < endMs;);
}

const started = { words: process.argv.slice(2), isMain: require.main === module };
process.stdout.write(`${JSON.stringify(started)}\n`);

process.stdin.resume();
setTimeout(function again() {
  drudge();
  if (process.stdin.readableEnded) process.exitCode = 7;
  else setTimeout(again, 200);
}, 20);
