import {
  host,
  label,
  type Permit,
  requireFunction,
  requireInteger,
  requirePositive,
  requireThat,
  scopeOf,
  type Wait,
} from "../core/index.js";
import type { LimitRule } from "./limit-rule.js";
import { SheddingLine } from "./shedding-line.js";

export interface AdaptiveLimiterOptions {
  /** How the limit follows the load: {@link aimd}, {@link gradient2}, {@link vegas}, or one of your own. */
  readonly target: LimitRule;
  /** The limit is never below; 1 by default. */
  readonly min?: number;
  /** The limit is never above; 1,000 by default. */
  readonly max?: number;
  /** The limit to begin with; 20 by default, if that is between `min` and `max`. */
  readonly initial?: number;
  /** Most callers in line; as many as `max` by default. */
  readonly capacity?: number;
  /**
   * How long a caller may wait, and how long the line may last before that is overload; 50 by default, which
   * leaves half of 100 ms for the work itself.
   */
  readonly intervalMs?: number;
  /** How long a caller may wait under overload; 5 by default. */
  readonly targetMs?: number;
  /** For messages and traces. */
  readonly name?: string;
}

export interface AdaptiveLimiterStats {
  readonly limit: number;
  readonly running: number;
  readonly waiting: number;
  /** Callers that were turned away so far. */
  readonly refused: number;
  /** True if the line has lasted: the newest is served first, and nobody waits for long. */
  readonly overloaded: boolean;
}

export interface AdaptivePermit extends Permit {
  /**
   * Gives the permit back. What the time until then says of the load is for the rule, unless it says nothing,
   * as when the work failed at once (`"ignored"`), or is known to have been too much (`"overloaded"`).
   */
  release(outcome?: "ignored" | "overloaded"): void;
}

/**
 * Lets as many proceed at once as the load allows, makes the rest wait for a little while, and turns away
 * what would wait for too long.
 *
 * The line is FIFO while it is short. If it has not been empty for `intervalMs`, that is overload: whoever
 * has waited longer than `targetMs` is turned away, and the newest caller is served first, since the oldest
 * one's client is the likeliest to have left. (Maurer, "Fail at scale", ACM Queue 2015, after Nichols and
 * Jacobson, "Controlling queue delay", 2012.) To be fair to keys, acquire from a `KeyedLimiter` first.
 *
 * Invariant: if somebody waits, at least `limit` permits are held.
 *
 * @example
 * const limiter = new AdaptiveLimiter({ target: vegas(), max: 200 });
 * const permit = limiter.tryAcquire(); // or await limiter.acquire(scope)
 * console.log(permit === undefined ? "503 Service Unavailable" : "200 OK");
 * permit?.release();
 * // prints:
 * // 200 OK
 */
export class AdaptiveLimiter {
  readonly #rule: LimitRule;
  readonly #min: number;
  readonly #max: number;
  readonly #line: SheddingLine<AdaptivePermit>;
  #limit: number;
  #running = 0;

  constructor(options: AdaptiveLimiterOptions) {
    const { target, min = 1, max = 1_000, intervalMs = 50, targetMs = 5, name } = options;
    requireThat(typeof target?.update === "function", "target", "a rule, such as vegas()", target);
    requireInteger("min", min, 1);
    requireInteger("max", max, min, true);
    const { initial = Math.max(min, Math.min(20, max)), capacity = max } = options;
    requireInteger("initial", initial, min);
    requireThat(initial <= max, "initial", `at most max, ${max}`, initial);
    requireInteger("capacity", capacity, 0, true);
    requirePositive("intervalMs", intervalMs);
    requirePositive("targetMs", targetMs);
    this.#rule = target;
    this.#min = min;
    this.#max = max;
    this.#limit = initial;
    const what = label("adaptive limiter", name);
    this.#line = new SheddingLine(what, { capacity, intervalMs, targetMs });
  }

  /** Most holders at once, for now. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Takes a permit if one is free now and nobody waits; never waits. */
  tryAcquire(): AdaptivePermit | undefined {
    if (!this.#line.empty || this.#running >= this.limit) return undefined;
    return this.#enter();
  }

  /**
   * Takes a permit, waiting for it while that makes sense.
   *
   * Cancellation: rejects with the scope's reason and then holds nothing.
   * Errors: `OVERLOADED` if the line is full, or the caller has waited for too long.
   */
  acquire(options?: Wait): Promise<AdaptivePermit> {
    const scope = scopeOf(options);
    if (scope?.cancelled) return Promise.reject(scope.reason);
    const permit = this.tryAcquire();
    if (permit !== undefined) return Promise.resolve(permit);
    return this.#line.join(scope);
  }

  /**
   * Runs `body` while holding a permit, and gives it back whatever happens; a failure is no sample.
   *
   * Cancellation: of the wait, as {@link acquire}; it doesn't reach a running body.
   * Errors: those of `body`, and of {@link acquire}.
   */
  async run<T>(body: () => T | PromiseLike<T>, options?: Wait): Promise<T> {
    requireFunction("body", body);
    const permit = await this.acquire(options);
    try {
      const value = await body();
      permit.release();
      return value;
    } finally {
      permit.release("ignored");
    }
  }

  /** A snapshot; it is stale once you `await`. */
  stats(): AdaptiveLimiterStats {
    const { size: waiting, refused, overloaded } = this.#line;
    return { limit: this.limit, running: this.#running, waiting, refused, overloaded };
  }

  #enter(): AdaptivePermit {
    const running = (this.#running += 1);
    const startMs = host.nowMs();
    let held = true;
    const release = (outcome?: "ignored" | "overloaded"): void => {
      if (!held) return;
      held = false;
      this.#running -= 1;
      try {
        if (outcome === "ignored") return;
        const latencyMs = host.nowMs() - startMs;
        const overloaded = outcome === "overloaded";
        this.#learn(this.#rule.update(this.#limit, { latencyMs, running, overloaded }));
      } finally {
        this.#grant(); // also if a rule throws: nobody is forgotten in line
      }
    };
    return { release, [Symbol.dispose]: () => release() };
  }

  #learn(limit: number): void {
    requireThat(!Number.isNaN(limit), "the limit of a rule", "a number", limit);
    this.#limit = Math.min(this.#max, Math.max(this.#min, limit));
  }

  #grant(): void {
    while (!this.#line.empty && this.#running < this.limit) {
      // Nobody may wait any more, when those who do are turned away in the same step.
      const permit = this.#enter();
      if (!this.#line.wake(permit)) permit.release("ignored");
    }
  }
}
