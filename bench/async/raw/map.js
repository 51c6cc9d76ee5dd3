import { RawScope } from "./scope.js";

/**
 * The least of a bounded map that stops at the first error, waits for what still runs, reports every
 * error, and can be cancelled: `limit` loops that pull from one iterator.
 */
export async function rawMap(source, fn, limit, signal) {
  const iterator = source[Symbol.iterator]();
  const scope = new RawScope();
  const results = Array.isArray(source) ? new Array(source.length) : []; // grown, it takes 30 MB more
  const errors = [];
  let pulled = 0;

  async function work() {
    while (!scope.cancelled) {
      const step = iterator.next();
      if (step.done) return;
      const index = pulled++;
      try {
        results[index] = await fn(step.value, scope);
      } catch (error) {
        errors.push(error);
        scope.cancel(error);
      }
    }
  }

  const onAbort = () => scope.cancel(signal.reason);
  signal?.addEventListener("abort", onAbort);
  try {
    await Promise.all(Array.from({ length: limit }, work));
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
  if (errors.length > 0) throw new AggregateError(errors);
  if (scope.cancelled) throw scope.reason;
  return results;
}

/** The loops alone: an error is lost, nothing can be stopped. For reference. */
export async function bareMap(items, fn, limit) {
  const results = new Array(items.length);
  let next = 0;
  async function work() {
    while (next < items.length) {
      const index = next++;
      results[index] = await fn(items[index]);
    }
  }
  await Promise.all(Array.from({ length: limit }, work));
  return results;
}
