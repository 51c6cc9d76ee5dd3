import type { CancelScope, StandIn } from "../core/index.js";
import type { TaskScope } from "../task/index.js";

/** The scope of one item of a map: the map's own, plus what is told of this item only. */
export interface ItemScope extends TaskScope {
  /** The item's place in the source, from 0. */
  readonly index: number;
}

/** What functions registered, by item. Aside: few register anything, and a field would cost each item memory. */
const registered = new WeakMap<MapItemScope, Disposable[]>();

/**
 * It costs an object and no node in the tree: items are cancelled with their map, never alone. What a
 * function registers with {@link onCancel} goes when its item is done, or a long map would collect it.
 *
 * A class of its own, with two fields and no base class: a map of a million items makes a million of them.
 */
export class MapItemScope implements StandIn, ItemScope {
  readonly #map: CancelScope;
  readonly index: number;

  constructor(map: CancelScope, index: number) {
    this.#map = map;
    this.index = index;
  }

  standsFor(): CancelScope {
    return this.#map;
  }

  get attempt(): number {
    return 1;
  }

  get signal(): AbortSignal {
    return this.#map.signal;
  }

  get cancelled(): boolean {
    return this.#map.cancelled;
  }

  get reason(): unknown {
    return this.#map.reason;
  }

  throwIfCancelled(): void {
    this.#map.throwIfCancelled();
  }

  report(): void {} // nobody listens to a map's items

  onCancel(run: (reason: unknown) => void): Disposable {
    const registration = this.#map.onCancel(run);
    registered.set(this, [...(registered.get(this) ?? []), registration]);
    return registration;
  }

  end(): void {
    registered.get(this)?.forEach((registration) => registration[Symbol.dispose]());
  }
}
