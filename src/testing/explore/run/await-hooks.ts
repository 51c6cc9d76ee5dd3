import type { ExploreHost } from "./explore-host.js";

type Each = (items: unknown, at: string) => unknown;

const AWAIT = Symbol.for("weftwork.await");
const EACH = Symbol.for("weftwork.each");

/**
 * Hears of the awaits in modules that `weftwork/testing/register` has loaded. They call functions under
 * well-known names, since they know nothing of us; while nobody explores there are none.
 */
export function hearAwaits(host: ExploreHost): Disposable {
  const ours = (): boolean => host.strands.current !== undefined;
  const awaited = (value: unknown, at: string): unknown =>
    ours() ? host.awaited(value, at) : value;
  const each: Each = (items, at) => {
    const source = items as Partial<AsyncIterable<unknown>>;
    if (!ours() || typeof source?.[Symbol.asyncIterator] !== "function") return items;
    return new Steps(source as AsyncIterable<unknown>, (step) => awaited(step, at));
  };
  const globals = globalThis as { [AWAIT]?: typeof awaited; [EACH]?: Each };
  globals[AWAIT] = awaited;
  globals[EACH] = each;
  return {
    [Symbol.dispose]() {
      delete globals[AWAIT];
      delete globals[EACH];
    },
  };
}

/** The items of another iterable, each step of which is awaited as a step of the exploration. */
class Steps implements AsyncIterable<unknown> {
  readonly #items: AsyncIterable<unknown>;
  readonly #awaited: (step: unknown) => unknown;

  constructor(items: AsyncIterable<unknown>, awaited: (step: unknown) => unknown) {
    this.#items = items;
    this.#awaited = awaited;
  }

  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    const iterator = this.#items[Symbol.asyncIterator]();
    const through = (step: unknown) => this.#awaited(step) as Promise<IteratorResult<unknown>>;
    const left = iterator.return?.bind(iterator);
    return {
      next: () => through(iterator.next()),
      ...(left && { return: (value?: unknown) => through(left(value)) }),
    };
  }
}
