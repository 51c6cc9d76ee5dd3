/** A subcommand of `weft`. */
export interface Command {
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  /** What follows `weft `, a line for each form. */
  readonly usage: readonly string[];
  readonly flags: readonly Flag[];
  /** What the shell may offer for words that are no flags. */
  readonly words?: "files" | readonly string[];
  /** True if what follows the first word is not ours to read, flags included. */
  readonly passesOn?: boolean;
  /** Paragraphs below the flags. */
  readonly notes?: readonly string[];
  /** A line each, as typed. */
  readonly examples: readonly string[];
  /** Gives the exit code. */
  run(args: Arguments): Promise<number>;
}

/** `--name`, or `--name <value>`. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** What stands for the value in the help; a flag without is on or off. */
  readonly value?: string;
  readonly text: string;
  /** All values that there are. */
  readonly choices?: readonly string[];
  /** True if the value is a path, for the shell to complete. */
  readonly isFile?: boolean;
}

/** A command line that has been read. */
export interface Arguments {
  readonly words: readonly string[];
  /** Whether the flag was given. */
  has(flag: string): boolean;
  /** The value that was given. */
  get(flag: string): string | undefined;
}
