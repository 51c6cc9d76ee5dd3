import type { CancelScope } from "./cancel-scope.js";
import type { Scope } from "./scope.js";

/** A public object that is a {@link Scope} too, without showing the node behind it. */
export abstract class ScopeFacade implements Scope {
  readonly #node: CancelScope;

  constructor(node: CancelScope) {
    this.#node = node;
  }

  /** The node behind `facade`; undefined if it is something else. */
  static nodeOf(facade: object): CancelScope | undefined {
    return #node in facade ? facade.#node : undefined;
  }

  get signal(): AbortSignal {
    return this.#node.signal;
  }

  get cancelled(): boolean {
    return this.#node.cancelled;
  }

  get reason(): unknown {
    return this.#node.reason;
  }

  throwIfCancelled(): void {
    this.#node.throwIfCancelled();
  }

  onCancel(run: (reason: unknown) => void): Disposable {
    return this.#node.onCancel(run);
  }
}
