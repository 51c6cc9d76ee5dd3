import { isMainThread, threadId } from "node:worker_threads";
import { ConcurrencyError } from "../core/index.js";

/** How a thread signs in shared memory: never zero, never that of another thread of the process, also later. */
export const me: number = threadId + 1;

/** The bits of a word that hold a thread. */
export const THREAD_BITS: number = 2 ** 24 - 1;

if (me > THREAD_BITS) throw new RangeError(`thread ${me} is one more than shared memory can name`);

/** How a person reads it. */
export function threadName(thread: number): string {
  return thread === 1 ? "the main thread" : `thread ${thread - 1}`;
}

let mayBlock = !isMainThread;

/**
 * Lets the `...Sync` waits block the main thread too, until the returned value is disposed. Nothing else runs
 * there meanwhile, no timer, no request, no message; a command-line program may not mind.
 *
 * @example
 * using _ = allowBlockingMain();
 * using guard = new SharedLock().acquireSync(1_000);
 */
export function allowBlockingMain(): Disposable {
  const before = mayBlock;
  mayBlock = true;
  return {
    [Symbol.dispose]() {
      mayBlock = before;
    },
  };
}

/** Throws on the main thread, unless that is allowed: `method` would block it, `instead` would not. */
export function requireBlocking(method: string, instead: string): void {
  if (mayBlock) return;
  throw new ConcurrencyError(
    "WOULD_BLOCK",
    `${method}() would block the main thread, and with it every timer and request: ` +
      `await ${instead}(), or call allowBlockingMain() if nothing else has to run`,
  );
}
