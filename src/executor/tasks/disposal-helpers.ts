/*
 * What compilers put in the place of `using` and `await using` for engines that know neither. They call functions that
 * stand outside of what they compile, and so stay behind when a function is sent by its text: these are there instead.
 * A list of resources is written and read by a pair of them, and by nobody else.
 */

interface Resource {
  readonly isAsync: boolean;
  end(): unknown;
}

/** What has failed until now, if anything has. */
class Failure {
  #failed: boolean;
  #error: unknown;

  constructor(failed: boolean, error: unknown) {
    this.#failed = failed;
    this.#error = error;
  }

  add(error: unknown): void {
    this.#error = this.#failed ? suppressed(error, this.#error) : error;
    this.#failed = true;
  }

  throwIfAny(): void {
    if (this.#failed) throw this.#error;
  }
}

/** A `SuppressedError`, which Node has from 24 on. */
function suppressed(error: unknown, earlier: unknown): Error {
  const both = new Error("An error was suppressed during disposal");
  return Object.assign(both, { name: "SuppressedError", error, suppressed: earlier });
}

/** What is used, as far as it is known: whether it can be ended is found out here. */
type Used =
  | { readonly [Symbol.dispose]?: unknown; readonly [Symbol.asyncDispose]?: unknown }
  | null
  | undefined;

function add<T>(resources: Resource[], value: T, isAsync: boolean): T {
  const end = endOf(value as Used, isAsync);
  if (end !== undefined || isAsync) resources.push({ isAsync, end: end ?? noEnd }); // it waits all the same
  return value;
}

function endOf(used: Used, isAsync: boolean): (() => unknown) | undefined {
  if (used === null || used === undefined) return undefined;
  const endAsync = isAsync ? used[Symbol.asyncDispose] : undefined;
  if (typeof endAsync === "function") return () => endAsync.call(used) as unknown;
  const end = used[Symbol.dispose];
  if (typeof end !== "function") throw new TypeError("what is to be used is not disposable");
  return () => {
    end.call(used); // of one that isn't to be awaited nothing is
  };
}

function noEnd(): void {}

/** Ends them in the order that is the reverse of their making, all of them, whatever fails; a promise if it has to wait. */
function end(resources: Resource[], failure: Failure): Promise<void> | undefined {
  if (resources.some(({ isAsync }) => isAsync)) return endInTurn(resources, failure);
  for (const resource of resources.toReversed()) {
    try {
      resource.end();
    } catch (error) {
      failure.add(error);
    }
  }
  failure.throwIfAny();
  return undefined;
}

async function endInTurn(resources: Resource[], failure: Failure): Promise<void> {
  for (const resource of resources.toReversed()) {
    try {
      const ended = resource.end();
      if (resource.isAsync) await ended;
    } catch (error) {
      failure.add(error);
    }
  }
  failure.throwIfAny();
}

/** By the names and with the parameters that esbuild and tsc give them. */
export const disposalHelpers: Readonly<Record<string, (...values: never[]) => unknown>> = {
  __using: <T>(resources: Resource[], value: T, isAsync?: boolean): T =>
    add(resources, value, isAsync === true),
  __callDispose: (resources: Resource[], error: unknown, failed?: boolean) =>
    end(resources, new Failure(failed === true, error)),
  __addDisposableResource: <T>(env: { stack: Resource[] }, value: T, isAsync: boolean): T =>
    add(env.stack, value, isAsync),
  __disposeResources: (env: { stack: Resource[]; error: unknown; hasError: boolean }) =>
    end(env.stack, new Failure(env.hasError, env.error)),
};
