// Types, and more lines than what runs has: only a source map leads back from there.
// @ts-expect-error: a script, of which there are no declarations
import { blamed, watching } from "./kit.js";

interface Job {
  readonly untilMs: number;
}

function drudge({ untilMs }: Job): void {
  for (let i = 0; performance.now() < untilMs; i += 1) Math.sqrt(i); // the culprit's line
}

await watching(async () => {
  drudge({ untilMs: performance.now() + 400 });
}, blamed("drudge"));
