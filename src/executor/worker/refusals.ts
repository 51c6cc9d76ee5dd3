import { ConcurrencyError, messageOf } from "../../core/index.js";
import { KIND } from "../wire/index.js";

/** Something that a task gave can't be sent to the pool. */
export function cannotLeave(kind: number, cause: unknown): ConcurrencyError {
  const what = kind === KIND.done ? "result" : kind === KIND.item ? "output" : "progress";
  return refusal(`the ${what} of a task can't leave its worker`, cause);
}

/** The input of a task was sent, and can't be made of what came. */
export function cannotArrive(cause: unknown): ConcurrencyError {
  return refusal("the input of a task can't be rebuilt in its worker", cause);
}

function refusal(what: string, cause: unknown): ConcurrencyError {
  return new ConcurrencyError("NOT_CLONEABLE", `${what}: ${messageOf(cause)}`, { cause });
}
