import { parseArgs } from "node:util";
import { usageError } from "../cli-error.js";
import type { Arguments, Command, Flag } from "./command.js";

export const HELP: Flag = { name: "help", short: "h", text: "show this help" };

/** Reads what follows the name of a command. Node's own parser does it: decisions/0010-command-line.md. */
export function parseArguments(command: Command, words: readonly string[]): Arguments {
  const options = Object.fromEntries([...command.flags, HELP].map(optionOf));
  const own = command.passesOn === true ? wordsUntilFirst(words, options) : words.length;
  try {
    const { values, positionals } = parseArgs({
      args: words.slice(0, own),
      options,
      allowPositionals: true,
    });
    return {
      words: [...positionals, ...words.slice(own)],
      has: (flag) => values[flag] !== undefined,
      get: (flag) => {
        const value = values[flag];
        return typeof value === "string" ? value : undefined;
      },
    };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Its messages have a second sentence for those who wrote the program.
    const [why] = error.message.split(/\.\s|\n/);
    throw usageError(`${why} (weft ${command.name} --help)`);
  }
}

/** How many words there are up to the first that is no flag, that one included. */
function wordsUntilFirst(words: readonly string[], options: Options): number {
  const { tokens } = parseArgs({ args: [...words], options, strict: false, tokens: true });
  const first = tokens.find(({ kind }) => kind === "positional");
  return first === undefined ? words.length : first.index + 1;
}

type Options = Record<string, ReturnType<typeof optionOf>[1]>;

function optionOf({ name, short, value }: Flag) {
  const type = value === undefined ? ("boolean" as const) : ("string" as const);
  return [name, short === undefined ? { type } : { type, short }] as const;
}
