/** Proof that its holder may proceed. Give it back once: `using permit = await semaphore.acquire()`. */
export interface Permit extends Disposable {
  /** Gives the permit back. A second release does nothing. */
  release(): void;
}
