import type { Permit } from "../core/index.js";

/** Runs `body` once the permit has come, and gives the permit back whatever happens. */
export async function runHolding<T>(
  granted: Promise<Permit>,
  body: () => T | PromiseLike<T>,
): Promise<T> {
  const permit = await granted;
  try {
    return await body();
  } finally {
    permit.release();
  }
}
