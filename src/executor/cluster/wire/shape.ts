import { ConcurrencyError } from "../../../core/index.js";

/** Whoever wrote this was no weftwork, or one of another time. */
export function malformed(what: string): ConcurrencyError {
  return new ConcurrencyError("NOT_CLONEABLE", `what came from Redis can't be read: ${what}`);
}

/** Parses JSON from Redis; `what` is for the message. */
export function parseJson(text: unknown, what: string): unknown {
  if (typeof text !== "string") throw malformed(`${what} is no text`);
  try {
    return JSON.parse(text);
  } catch {
    throw malformed(`${what} is no JSON`);
  }
}

export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** The own fields of an object; none of what it inherits. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.assign(Object.create(null) as object, value) as Record<string, unknown>;
}
