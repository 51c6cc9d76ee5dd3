/** A piece of documentation that claims to be a program. */
export interface Example {
  /** Where a reader finds it: `README.md:12`. */
  readonly place: string;
  readonly path: string;
  /** The line of `path` on which the code begins. */
  readonly line: number;
  readonly code: string;
  /** Why it is only type-checked, if it is. */
  readonly noRun?: string | undefined;
  /** What it claims to print, if it does. */
  readonly stdout?: string | undefined;
  /** The exit code it claims; 0 unless it says so. */
  readonly exitCode: number;
}

const NO_RUN = /^no-run(?:: *(\S.*))?$/;

/** Reads what follows `ts` in an info string. The only word there is `no-run: <reason>`. */
export function readNoRun(place: string, words: string): string | undefined {
  if (words === "") return undefined;
  const reason = NO_RUN.exec(words)?.[1];
  if (reason === undefined)
    throw new SyntaxError(`${place}: write "no-run: <reason>", not "${words}"`);
  return reason;
}

/** Reads an example, with what its trailing comments claim about a run of it. */
export function readExample(from: {
  path: string;
  line: number;
  code: string;
  noRun?: string | undefined;
  stdout?: string;
}): Example {
  const printed = /^\/\/ prints:((?:\n\/\/.*)+)/m.exec(from.code)?.[1];
  const exitCode = /^\/\/ exits with: (\d+)$/m.exec(from.code)?.[1];
  return {
    path: from.path,
    line: from.line,
    place: `${from.path}:${from.line}`,
    code: from.code,
    noRun: from.noRun,
    stdout: from.stdout ?? printed?.replace(/\n\/\/ ?/g, "\n").slice(1),
    exitCode: Number(exitCode ?? 0),
  };
}
