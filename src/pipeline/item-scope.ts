import { type CancelScope, ScopeFacade } from "../core/index.js";
import type { TaskScope } from "../task/index.js";

/** The scope of one item of a map: the map's own, plus what is told of this item only. */
export interface ItemScope extends TaskScope {
  /** The item's place in the source, from 0. */
  readonly index: number;
}

/**
 * It costs an object and no node in the tree: items are cancelled with their map, never alone. What a
 * function registers with {@link onCancel} goes when its item is done, or a long map would collect it.
 */
export class MapItemScope extends ScopeFacade implements ItemScope {
  readonly index: number;
  #registered: Disposable[] | undefined;

  constructor(map: CancelScope, index: number) {
    super(map);
    this.index = index;
  }

  get attempt(): number {
    return 1;
  }

  report(): void {} // nobody listens to a map's items

  override onCancel(run: (reason: unknown) => void): Disposable {
    const registration = super.onCancel(run);
    (this.#registered ??= []).push(registration);
    return registration;
  }

  end(): void {
    if (this.#registered === undefined) return;
    for (const registration of this.#registered) registration[Symbol.dispose]();
  }
}
