/** What {@link LockWatch} needs to know of a lock. */
export interface WatchedLock {
  readonly name: string;
  acquireSync(timeoutMs?: number): unknown;
  handle(): { readonly memory: SharedArrayBuffer };
}

/** Hears of the locks that a thread takes by blocking. */
export interface LockWatch {
  /** Is about to wait for it. May throw. */
  wants(lock: WatchedLock): void;
  has(lock: WatchedLock): void;
  gone(lock: WatchedLock): void;
}

/** Set while {@link detectDeadlocks} is on; otherwise a lock pays one look at this. */
export let lockWatch: LockWatch | undefined;

export function setLockWatch(watch: LockWatch | undefined): void {
  lockWatch = watch;
}
