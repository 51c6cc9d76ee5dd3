/** The last argument of everything that can wait: `{ signal }`, or a scope as it stands. */
export interface Wait {
  readonly signal?: AbortSignal | undefined;
}

/** The stretch of a program that one cancel ends. It carries the `signal`, so it can be passed as a {@link Wait}. */
export interface Scope {
  /** For foreign calls: `fetch(url, { signal: scope.signal })`. Made on first read; it costs microseconds. */
  readonly signal: AbortSignal;
  readonly cancelled: boolean;
  /** What the scope was cancelled with; undefined before. */
  readonly reason: unknown;
  /** Throws `reason` if the scope is cancelled. */
  throwIfCancelled(): void;
  /** Runs `run` once, when the scope is cancelled; at once if it is already. Dispose to take it back. */
  onCancel(run: (reason: unknown) => void): Disposable;
}
