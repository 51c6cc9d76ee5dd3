import { once } from "node:events";
import { createInterface } from "node:readline/promises";

/** True if there is a person who can be asked, and whose answer is not the sample itself. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks for a yes. The end of the input is a no. */
export async function agreesTo(question: string): Promise<boolean> {
  // No terminal: Ctrl-C is then the signal that it always is.
  const asker = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  try {
    const end = once(asker, "close").then(() => "");
    const answer = await Promise.race([asker.question(`${question} [y/N] `), end]);
    return /^\s*y(?:es)?\s*$/i.test(answer);
  } finally {
    asker.close();
  }
}
