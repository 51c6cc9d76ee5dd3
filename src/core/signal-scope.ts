import { CancelScope, scopeOfSignal } from "./cancel-scope.js";
import { requireThat } from "./check.js";
import { ScopeFacade } from "./scope-facade.js";
import type { Wait } from "./scope.js";
import type { ScopeMember } from "./scope-member.js";

/**
 * The scope that stands for a signal from outside. It keeps one listener on the signal while anything
 * hangs on it, and none otherwise: N listeners on one signal cost time that is quadratic in N.
 */
class SignalScope extends CancelScope {
  #listening = false;

  constructor(signal: AbortSignal) {
    super(undefined, false, signal);
  }

  override get signal(): AbortSignal {
    return this.foreign as AbortSignal;
  }

  override register(member: ScopeMember): void {
    super.register(member);
    if (this.#listening) return;
    this.#listening = true;
    this.signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  override unregister(member: ScopeMember): void {
    super.unregister(member);
    if (!this.#listening || this.inUse) return;
    this.#listening = false;
    this.signal.removeEventListener("abort", this.#onAbort);
  }

  readonly #onAbort = (): void => {
    this.#listening = false;
    this.spread(this.signal.reason);
  };
}

/**
 * The scope to wait in: of a scope or of a signal that a scope made, that scope itself; of any other
 * signal, the one scope that stands for it. Throws a TypeError if `wait` is neither.
 */
export function scopeOf(wait: Wait | undefined): CancelScope | undefined {
  if (wait === undefined) return undefined;
  if (wait instanceof CancelScope) return wait;
  const behind = ScopeFacade.nodeOf(wait);
  if (behind !== undefined) return behind;
  const signal = wait.signal;
  if (signal === undefined || signal === null) {
    requireThat(!("aborted" in wait), "options", "{ signal }, not the signal itself", wait);
    return undefined;
  }
  let scope = scopeOfSignal.get(signal);
  if (scope === undefined) {
    // Not instanceof: a signal may come from another realm.
    const holds = typeof signal.addEventListener === "function" && "aborted" in signal;
    requireThat(holds, "signal", "an AbortSignal", signal);
    scope = new SignalScope(signal);
    scopeOfSignal.set(signal, scope);
  }
  return scope;
}
