import { requireFunction } from "./check.js";
import { CancelledError } from "./errors.js";
import { host } from "./host.js";
import { allowManyListeners } from "./many-listeners.js";
import type { Scope } from "./scope.js";
import { CancelCallback, ScopeMember } from "./scope-member.js";

/**
 * A node in the tree of scopes. A cancel goes down the tree, never up.
 *
 * Invariants:
 *  1. A scope below a cancelled one is cancelled too, unless it is shielded: both become so in one
 *     synchronous step, before anybody is told. Cancellation is a level, not an edge. Below a foreign
 *     signal that holds from the abort itself: its earlier listeners run before ours, and find every
 *     scope cancelled already. Only the scopes' own signals follow when the abort has reached us.
 *  2. A cancelled scope has no members but the scopes below it that have not ended.
 */
export class CancelScope extends ScopeMember implements Scope {
  readonly parent: CancelScope | undefined;
  readonly shielded: boolean;
  #cancelled = false;
  #reason: unknown;
  /** The foreign signal that this scope hangs on; one tree has one at most, at its root. */
  protected readonly foreign: AbortSignal | undefined;
  #controller: AbortController | undefined;
  #firstMember: ScopeMember | undefined;
  #lastMember: ScopeMember | undefined;

  /** A scope below `parent`; a shielded one stands there to be seen but is not cancelled with it. */
  constructor(parent?: CancelScope, shielded: boolean = false, foreign?: AbortSignal) {
    super();
    this.parent = parent;
    this.shielded = shielded;
    if (parent === undefined) {
      this.foreign = foreign;
      return;
    }
    if (!shielded) this.foreign = parent.foreign;
    if (parent.cancelled && !shielded) {
      this.#cancelled = true;
      this.#reason = parent.reason;
    } else parent.register(this);
  }

  /** What runs in this scope, for messages. */
  get name(): string | undefined {
    return undefined;
  }

  get cancelled(): boolean {
    return this.#cancelled || this.foreign?.aborted === true;
  }

  get reason(): unknown {
    return this.#cancelled ? this.#reason : this.foreign?.reason;
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
    const callback = new CancelCallback(run);
    if (this.cancelled) run(this.reason);
    else this.register(callback);
    return callback;
  }

  /** Will tell `member` of a cancel, once. The caller has looked that the scope is not cancelled. */
  register(member: ScopeMember): void {
    const last = this.#lastMember;
    member.home = this;
    member.earlier = last;
    if (last === undefined) this.#firstMember = member;
    else last.later = member;
    this.#lastMember = member;
  }

  /** Lets go of a member that stands in this scope. */
  unregister(member: ScopeMember): void {
    const { earlier, later } = member;
    if (earlier === undefined) this.#firstMember = later;
    else earlier.later = later;
    if (later === undefined) this.#lastMember = earlier;
    else later.earlier = earlier;
    member.home = undefined;
    // Cleared: a dead link that the collector has promoted would keep every later one alive, which
    // makes long lines several times slower.
    member.earlier = undefined;
    member.later = undefined;
  }

  /** The scopes that stand directly below and have not ended, oldest first. */
  get children(): CancelScope[] {
    const children: CancelScope[] = [];
    for (let next = this.#firstMember; next !== undefined; next = next.later) {
      if (next instanceof CancelScope) children.push(next);
    }
    return children;
  }

  /** Takes an ended scope out of the tree. */
  end(): void {
    this.leave();
  }

  /** A scope is marked together with its parent; nothing is left to tell it. */
  override scopeCancelled(): undefined {}

  /**
   * Cancels this scope and all below it that are not shielded; false if it was cancelled before.
   *
   * First all scopes are marked; then all suspended callers leave their lines; only then does anybody's
   * code run, parents first. So nobody sees the tree half cancelled, and no grant goes to a caller whose
   * scope is cancelled already.
   */
  cancel(reason: unknown = new CancelledError()): boolean {
    if (this.cancelled) return false;
    this.spread(reason);
    return true;
  }

  protected spread(reason: unknown): void {
    const afterwards: (() => void)[] = [];
    for (const scope of this.#mark(reason)) scope.#tellMembers(afterwards);
    for (const run of afterwards) {
      try {
        run();
      } catch (error) {
        host.soon(() => {
          throw error; // one bad callback must neither stop the cancel nor pass in silence
        });
      }
    }
  }

  /** True while anything hangs on this scope. */
  protected get inUse(): boolean {
    return this.#firstMember !== undefined;
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

  #tellMembers(afterwards: (() => void)[]): void {
    const controller = this.#controller;
    if (controller !== undefined) afterwards.push(() => controller.abort(this.#reason));
    let next = this.#firstMember;
    while (next !== undefined) {
      const member: ScopeMember = next;
      next = member.later;
      if (member instanceof CancelScope) continue; // it stays until it ends
      this.unregister(member);
      const after = member.scopeCancelled(this.#reason);
      if (after !== undefined) afterwards.push(after);
    }
  }
}

/** The scope of something that messages should name. */
export class NamedScope extends CancelScope {
  readonly #name: string;

  constructor(parent: CancelScope | undefined, name: string) {
    super(parent);
    this.#name = name;
  }

  override get name(): string {
    return this.#name;
  }
}

/** Leads from a signal back to its scope, so that waits given the signal need no listener. */
export const scopeOfSignal: WeakMap<AbortSignal, CancelScope> = new WeakMap();
