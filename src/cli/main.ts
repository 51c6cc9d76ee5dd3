import { readFileSync } from "node:fs";
import { type Command, helpOf, overviewOf, parseArguments } from "./args/index.js";
import { EXIT, told, usageError } from "./cli-error.js";
import { commands } from "./commands.js";

/** Runs one command line, and gives the exit code. */
export async function main(words: readonly string[]): Promise<number> {
  const [first, ...rest] = words;
  try {
    if (first === undefined || first === "--help" || first === "-h" || first === "help") {
      return print(overviewOf(commands));
    }
    if (first === "--version" || first === "-v") return print(version());
    const command = commands.find(({ name }) => name === first);
    if (command === undefined) throw usageError(noSuchCommand(first));
    return await run(command, rest);
  } catch (error) {
    return told(error);
  }
}

async function run(command: Command, words: readonly string[]): Promise<number> {
  const args = parseArguments(command, words);
  return args.has("help") ? print(helpOf(command)) : await command.run(args);
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return EXIT.ok;
}

function noSuchCommand(name: string): string {
  const known = commands.map((command) => command.name).join(", ");
  return `there is no command "${name}"; there are ${known} (weft --help)`;
}

function version(): string {
  const manifest = new URL(import.meta.resolve("weftwork/package.json"));
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}
