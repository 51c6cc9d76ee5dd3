import { CancelScope, type Hooks, type WaitInfo } from "../core/index.js";

/** Keeps the waits that have begun and not ended, to tell who hangs on what. */
export class OpenWaits implements Hooks {
  readonly #open = new Set<WaitInfo>();

  waitBegan(wait: WaitInfo): void {
    this.#open.add(wait);
  }

  waitEnded(wait: WaitInfo): void {
    this.#open.delete(wait);
  }

  /** One line per wait: `task "a" waits for lock "b"`. */
  describe(): string[] {
    return [...this.#open].map((wait) => `${ownerOf(wait)} waits for ${wait.on}`);
  }
}

function ownerOf(wait: WaitInfo): string {
  let scope = wait.scope instanceof CancelScope ? wait.scope : undefined;
  while (scope !== undefined && scope.name === undefined) scope = scope.parent;
  return scope?.name === undefined ? "a caller without a scope" : `"${scope.name}"`;
}
