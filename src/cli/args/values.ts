import { usageError } from "../cli-error.js";
import type { Arguments } from "./command.js";

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `5s`, `250ms`, `1.5m`, `2h`; a number alone is milliseconds. */
export function durationOf(args: Arguments, flag: string): number | undefined {
  const text = args.get(flag);
  if (text === undefined) return undefined;
  const [, number, unit = "ms"] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  if (number !== undefined) return Number(number) * UNIT_MS[unit]!;
  throw wrong(flag, "a duration like 500ms, 5s or 2m", text);
}

/** `50/s`, `1000/m`, `3/250ms`. */
export function rateOf(
  args: Arguments,
  flag: string,
): { readonly permits: number; readonly perMs: number } | undefined {
  const text = args.get(flag);
  if (text === undefined) return undefined;
  const [, permits, amount = "1", unit] = /^(\d+)\/(\d+)?(ms|s|m|h)$/.exec(text) ?? [];
  const perMs = Number(amount) * (UNIT_MS[unit ?? ""] ?? 0);
  if (Number(permits) >= 1 && perMs > 0) return { permits: Number(permits), perMs };
  throw wrong(flag, "a rate like 50/s or 1000/m", text);
}

/** An integer of at least `min`. */
export function integerOf(args: Arguments, flag: string, min: number): number | undefined {
  const text = args.get(flag);
  if (text === undefined) return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number) && number >= min) return number;
  throw wrong(flag, `an integer >= ${min}`, text);
}

/** An integer of at least 1. */
export function countOf(args: Arguments, flag: string): number | undefined {
  return integerOf(args, flag, 1);
}

export function choiceOf<C extends string>(
  args: Arguments,
  flag: string,
  choices: readonly C[],
): C | undefined {
  const text = args.get(flag);
  if (text === undefined) return undefined;
  const choice = choices.find((each) => each === text);
  if (choice !== undefined) return choice;
  throw wrong(flag, choices.join(", "), text);
}

function wrong(flag: string, wanted: string, text: string): Error {
  return usageError(`--${flag} must be ${wanted}, got ${JSON.stringify(text)}`);
}
