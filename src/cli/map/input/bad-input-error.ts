const CODE = "BAD_INPUT";

/** An input that is malformed: the function never sees it, and to try again would not help. */
export class BadInputError extends Error {
  override readonly name = "BadInputError";
  readonly code: string = CODE;
}

/** By its code, since it may come from a worker. */
export function isBadInput(error: unknown): boolean {
  return (error as { code?: unknown } | null | undefined)?.code === CODE;
}
