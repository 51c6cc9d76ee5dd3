import assert from "node:assert/strict";
import { host } from "../../core/index.js";
import type { Executor } from "../../task/index.js";

/** What it rejects with. */
export async function failureOf(outcome: PromiseLike<unknown>): Promise<unknown> {
  const settled = await Promise.resolve(outcome).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("error" in settled) return settled.error;
  return assert.fail(`it was to reject, and gave ${String(settled.value)}`);
}

/** It rejects with an error of ours with this code, whose message has all these words. */
export async function rejectsWith(
  outcome: PromiseLike<unknown>,
  code: string,
  ...words: string[]
): Promise<void> {
  hasCode(await failureOf(outcome), code, ...words);
}

/** It throws such an error at the call. */
export function throwsWith(call: () => unknown, code: string, ...words: string[]): void {
  let thrown: unknown;
  try {
    call();
  } catch (error) {
    thrown = error;
  }
  hasCode(thrown, code, ...words);
}

function hasCode(error: unknown, code: string, ...words: string[]): void {
  assert.ok(error instanceof Error, `no error but ${String(error)}`);
  assert.equal((error as { code?: unknown }).code, code, String(error.stack));
  for (const word of words) assert.ok(error.message.includes(word), `${error.message}: no ${word}`);
}

/** Collects what a task tells, and waits for it. */
export class Progress {
  readonly told: unknown[] = [];
  #wake: () => void = () => {};

  /** For `onProgress`. */
  readonly hear = (told: unknown): void => {
    this.told.push(told);
    this.#wake();
  };

  /** Once so much has been told. */
  async atLeast(count: number): Promise<void> {
    while (this.told.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}

/** How many tasks are in the executor. */
export function inFlight(executor: Executor): number {
  const { running, waiting } = executor.stats();
  return running + waiting;
}

/** A turn of the event loop: what was about to happen has happened. */
export function turn(): Promise<void> {
  return new Promise((resolve) => host.soon(resolve));
}
