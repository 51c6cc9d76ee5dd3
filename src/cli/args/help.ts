import type { Command, Flag } from "./command.js";
import { HELP } from "./parse.js";

/** What `weft --help` prints. */
export function overviewOf(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }) => [name, summary] as const);
  return [
    "Runs TypeScript functions over large inputs, with the right kind of concurrency.",
    "",
    "usage: weft COMMAND ...",
    "",
    ...table(rows),
    "",
    "weft COMMAND --help tells more; weft --version the version.",
  ].join("\n");
}

/** What `weft COMMAND --help` prints. */
export function helpOf(command: Command): string {
  const [first, ...more] = command.usage;
  return [
    command.summary,
    "",
    `usage: weft ${first}`,
    ...more.map((line) => `       weft ${line}`),
    "",
    ...table([...command.flags, HELP].map(rowOf)),
    ...(command.notes ?? []).flatMap((note) => ["", note]),
    ...(command.examples.length > 0 ? ["", "examples:"] : []),
    ...command.examples.map((line) => `  ${line}`),
  ].join("\n");
}

function rowOf({ name, short, value, text }: Flag): readonly [string, string] {
  const long = value === undefined ? `--${name}` : `--${name} ${value}`;
  return [short === undefined ? long : `-${short}, ${long}`, text];
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
