import {
  CancelledError,
  host,
  NamedScope,
  onlyCancelled,
  requireFunction,
  requireMs,
  requireThat,
} from "../core/index.js";
import type { Body } from "./task.js";

export interface RunMainOptions {
  /** Which signals cancel the root scope: `SIGINT` and `SIGTERM` by default. */
  readonly signals?: readonly string[];
  /** How long the cleanup after a signal may take before the process exits anyway; 10 seconds by default. */
  readonly graceMs?: number;
}

/** Numbers by POSIX; a process that a signal ends exits with 128 + its number. */
const SIGNAL_NUMBER: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGUSR1: 10,
  SIGUSR2: 12,
  SIGTERM: 15,
};

/**
 * Runs a program's `main` in a root scope, and exits the process when it has settled.
 *
 * Exit codes: the number that main returns, or 0; 1 if it fails, with the error on stderr; after a signal
 * 128 plus its number (130 for SIGINT, 143 for SIGTERM) unless main returned a number.
 *
 * Cancellation: the first signal cancels the root scope, and main has `graceMs` to clean up; the second
 * one exits at once.
 *
 * @example
 * await runMain(async (scope) => {
 *   await sleep(10, scope);
 * });
 */
export function runMain(main: Body<number | void>, options: RunMainOptions = {}): Promise<never> {
  requireFunction("main", main);
  const { signals = ["SIGINT", "SIGTERM"], graceMs = 10_000 } = options;
  requireMs("graceMs", graceMs);
  for (const signal of signals) {
    requireThat(Object.hasOwn(SIGNAL_NUMBER, signal), "signals", 'names like "SIGTERM"', signal);
  }
  if (typeof process === "undefined") throw new TypeError("runMain() needs a process");
  return run(main, signals, graceMs);
}

/*  running ─── first signal: cancel the root scope ──▶ cleaning up ─── main has settled ──▶ exit
 *     │                                                   │ grace over, or a second signal
 *     └─── main has settled ──▶ exit                      └──▶ exit at once
 */
async function run(
  main: Body<number | void>,
  signals: readonly string[],
  graceMs: number,
): Promise<never> {
  const scope = new NamedScope(undefined, "main");
  let received: string | undefined;
  const onSignal = (signal: string): void => {
    if (received !== undefined) process.exit(codeOf(signal));
    received = signal;
    host.startTimer(() => {
      console.error(`${signal}: cleanup took longer than ${graceMs} ms`);
      process.exit(codeOf(signal));
    }, graceMs);
    scope.cancel(new CancelledError(`received ${signal}`));
  };
  for (const signal of signals) process.on(signal, onSignal);
  let code: number | void = undefined;
  try {
    code = await main(scope);
  } catch (error) {
    if (!onlyCancelled(error, scope)) {
      console.error(error);
      code = 1;
    }
  }
  // A number is the author's own word, e.g. 0 for a server that drained; else the signal's convention.
  return await exit(code ?? (received === undefined ? 0 : codeOf(received)));
}

async function exit(code: number): Promise<never> {
  process.exitCode = code;
  // Pipes are written asynchronously: exiting at once would cut off what main printed last.
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.writable) await new Promise<void>((resolve) => stream.write("", () => resolve()));
  }
  process.exit(code);
}

function codeOf(signal: string): number {
  return 128 + (SIGNAL_NUMBER[signal] ?? 0);
}
