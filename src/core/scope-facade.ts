import type { CancelScope } from "./cancel-scope.js";
import type { Scope } from "./scope.js";

/** What stands for a node: a {@link ScopeFacade}, or, of what is made by the million, a class that has no base. */
export interface StandIn {
  standsFor(): CancelScope;
}

/** A public object that is a {@link Scope} too, without showing the node behind it. */
export abstract class ScopeFacade implements Scope {
  readonly #node: CancelScope;

  constructor(node: CancelScope) {
    this.#node = node;
  }

  /** The node behind `scope`; undefined if it is something else. */
  static nodeOf(scope: object): CancelScope | undefined {
    return #node in scope ? scope.#node : (scope as Partial<StandIn>).standsFor?.();
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
