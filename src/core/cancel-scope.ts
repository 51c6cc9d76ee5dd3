import { requireFunction } from "./check.js";
import { CancelledError } from "./errors.js";
import { host } from "./host.js";
import { Link, LinkedList } from "./linked-list.js";
import { allowManyListeners } from "./many-listeners.js";
import type { Scope } from "./scope.js";

/** Whatever hears of a cancel: a suspended caller, a callback. */
export interface Cancellable {
  cancelled(reason: unknown): void;
}

/** Who a scope belongs to, for messages: a task, a group. */
export interface ScopeOwner {
  readonly name: string;
}

/** A place in a scope's list of those to be told. Leaving it is what "unregister" means. */
export class Registration extends Link implements Disposable {
  readonly #scope: CancelScope;
  readonly #target: Cancellable;

  constructor(scope: CancelScope, target: Cancellable) {
    super();
    this.#scope = scope;
    this.#target = target;
  }

  leave(): void {
    if (!this.linked) return;
    this.unlink();
    this.#scope.left();
  }

  tell(reason: unknown): void {
    this.unlink();
    this.#target.cancelled(reason);
  }

  [Symbol.dispose](): void {
    this.leave();
  }
}

/**
 * A node in the tree of scopes. A cancel goes down the tree, never up.
 *
 * Invariants:
 *  1. A scope below a cancelled one is cancelled too, unless it is shielded: both become so in one
 *     synchronous step, before anybody is told. Cancellation is a level, not an edge.
 *  2. Only a scope that is not cancelled has registrations.
 */
export class CancelScope extends Link implements Scope {
  readonly parent: CancelScope | undefined;
  readonly owner: ScopeOwner | undefined;
  readonly shielded: boolean;
  #cancelled = false;
  #reason: unknown;
  #controller: AbortController | undefined;
  #children: LinkedList<CancelScope> | undefined;
  #registrations: LinkedList<Registration> | undefined;

  /** A scope below `parent`; a shielded one stands there to be seen but is not cancelled with it. */
  constructor(parent?: CancelScope, owner?: ScopeOwner, shielded: boolean = false) {
    super();
    this.parent = parent;
    this.owner = owner;
    this.shielded = shielded;
    if (parent === undefined) return;
    if (parent.cancelled && !shielded) {
      this.#cancelled = true;
      this.#reason = parent.reason;
    } else parent.#adopt(this);
  }

  get cancelled(): boolean {
    return this.#cancelled;
  }

  get reason(): unknown {
    return this.#reason;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      allowManyListeners(this.#controller.signal);
      scopeOfSignal.set(this.#controller.signal, this);
      if (this.cancelled) this.#controller.abort(this.reason);
    }
    return this.#controller.signal;
  }

  throwIfCancelled(): void {
    if (this.cancelled) throw this.reason;
  }

  onCancel(run: (reason: unknown) => void): Disposable {
    requireFunction("run", run);
    if (!this.cancelled) return this.register({ cancelled: run });
    run(this.reason);
    return spent;
  }

  /** Will tell `target` of a cancel, once. The caller has looked that the scope is not cancelled. */
  register(target: Cancellable): Registration {
    const registration = new Registration(this, target);
    this.#registrations ??= new LinkedList();
    this.#registrations.append(registration);
    this.joined();
    return registration;
  }

  /** The scopes that stand directly below and have not ended. */
  get children(): Iterable<CancelScope> {
    return this.#children ?? [];
  }

  /** Takes an ended scope out of the tree. */
  end(): void {
    if (!this.linked) return;
    this.unlink();
    this.parent?.left();
  }

  /**
   * Cancels this scope and all below it that are not shielded; false if it was cancelled before.
   * First all are marked, then all are told, parents first: whoever is told sees the whole tree cancelled.
   */
  cancel(reason: unknown = new CancelledError()): boolean {
    if (this.cancelled) return false;
    this.spread(reason);
    return true;
  }

  protected spread(reason: unknown): void {
    for (const scope of this.#mark(reason)) scope.#tellAll();
  }

  /** Called after something was hung on this scope; for scopes that listen elsewhere only while needed. */
  protected joined(): void {}

  /** Called after something hung on this scope has left. */
  left(): void {}

  /** True while a child or a registration hangs on this scope. */
  protected get inUse(): boolean {
    return this.#children?.empty === false || this.#registrations?.empty === false;
  }

  #adopt(child: CancelScope): void {
    this.#children ??= new LinkedList();
    this.#children.append(child);
    this.joined();
  }

  // A loop and not a recursion: nested groups can stand 10,000 deep.
  #mark(reason: unknown): CancelScope[] {
    const reached: CancelScope[] = [this];
    for (let i = 0; i < reached.length; i += 1) {
      const scope = reached[i] as CancelScope;
      scope.#cancelled = true;
      scope.#reason = reason;
      for (const child of scope.children) {
        if (!child.shielded && !child.#cancelled) reached.push(child);
      }
    }
    return reached;
  }

  #tellAll(): void {
    this.#controller?.abort(this.#reason);
    const registrations = this.#registrations;
    for (let next = registrations?.first; next !== undefined; next = registrations?.first) {
      try {
        next.tell(this.#reason);
      } catch (error) {
        host.soon(() => {
          throw error; // one bad callback must neither stop the cancel nor pass in silence
        });
      }
    }
  }
}

const spent: Disposable = { [Symbol.dispose]() {} };

/** Leads from a signal back to its scope, so that waits given the signal need no listener. */
export const scopeOfSignal: WeakMap<AbortSignal, CancelScope> = new WeakMap();
