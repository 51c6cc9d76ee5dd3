/** The scope that a {@link ScopeMember} is in. */
interface Home {
  unregister(member: ScopeMember): void;
}

/**
 * What hangs on a scope and hears of its cancel once: a suspended caller, a callback, a scope below. It is
 * its own node in the scope's list, so that a wait allocates nothing to be cancellable.
 *
 * Invariant: it has a home if and only if it stands in that scope's list.
 */
export abstract class ScopeMember {
  home: Home | undefined;
  earlier: ScopeMember | undefined;
  later: ScopeMember | undefined;

  /**
   * The scope was cancelled; this has left it by now. Runs nobody else's code; what it returns is run
   * when every member of every cancelled scope has been told.
   */
  abstract scopeCancelled(reason: unknown): (() => void) | undefined;

  /** Takes this out of its scope; a second time does nothing. */
  leave(): void {
    this.home?.unregister(this);
  }
}

/** A function to call on a cancel; disposing takes it back. */
export class CancelCallback extends ScopeMember implements Disposable {
  #run: ((reason: unknown) => void) | undefined;

  constructor(run: (reason: unknown) => void) {
    super();
    this.#run = run;
  }

  override scopeCancelled(reason: unknown): () => void {
    return () => this.#run?.(reason);
  }

  [Symbol.dispose](): void {
    this.#run = undefined; // another callback may take this one back while the cancel is on its way
    this.leave();
  }
}
