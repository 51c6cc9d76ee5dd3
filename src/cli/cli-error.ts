/** What a shell is told. All of them are documented in `docs/map.md`. */
export const EXIT = {
  ok: 0,
  /** Some inputs failed, or what was asked for could not be done. */
  failed: 1,
  /** The command line makes no sense, or does not fit what it names: nothing has started. */
  usage: 2,
  /** The module can't be loaded, or exports no such function: nothing has started. */
  module: 3,
  /** The output can't be written; what is written can be resumed. */
  output: 4,
} as const;

/** An end that is told in one line, without a stack. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exitCode: number;

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

export function usageError(message: string): CliError {
  return new CliError(EXIT.usage, message);
}

/** Tells stderr of such an end, and gives its exit code. Any other error is a fault of ours, and goes on. */
export function told(error: unknown): number {
  if (!(error instanceof CliError)) throw error;
  process.stderr.write(`weft: ${error.message}\n`);
  return error.exitCode;
}
