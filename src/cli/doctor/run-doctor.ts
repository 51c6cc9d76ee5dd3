import type { Arguments } from "../args/index.js";
import { EXIT, usageError } from "../cli-error.js";
import { findings } from "./findings.js";

export async function runDoctor(args: Arguments): Promise<number> {
  const [extra] = args.words;
  if (extra !== undefined) throw usageError(`doctor takes no words, got "${extra}"`);
  const found = findings(process.cwd());
  if (args.has("json")) process.stdout.write(`${JSON.stringify(found, undefined, 2)}\n`);
  else for (const { name, value, note } of found) process.stdout.write(lineOf(name, value, note));
  return found.some(({ ok }) => !ok) ? EXIT.failed : EXIT.ok;
}

function lineOf(name: string, value: string, note: string | undefined): string {
  return `${name.padEnd(20)} ${value}${note === undefined ? "" : `\n${"".padEnd(21)}${note}`}\n`;
}
