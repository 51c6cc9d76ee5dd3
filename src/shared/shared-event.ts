import type { Wait } from "../core/index.js";
import { scopeOf } from "../core/index.js";
import { Deadline } from "./deadline.js";
import { exchange, load, store } from "./memory.js";
import { Parking } from "./parking.js";
import { defineKind } from "./kinds.js";
import { fromHandle, type SharedHandle, STATE } from "./registry.js";
import { SharedObject } from "./shared-object.js";
import { requireBlocking } from "./thread.js";

const UNSET = 0;
const SET = 1;
const STATE_WORDS = 1;

/**
 * A flag that threads wait for.
 *
 * @example
 * const started = new SharedEvent();
 * const waiter = started.wait();
 * started.set();
 * await waiter;
 */
export class SharedEvent extends SharedObject<"SharedEvent"> {
  static {
    defineKind("SharedEvent", SharedEvent);
  }

  readonly #flag: Parking;

  constructor(options: { readonly name?: string } = {}) {
    super("SharedEvent", "shared event", options, STATE_WORDS);
    this.#flag = new Parking(this.words, STATE, this.name);
  }

  static from(handle: SharedHandle<"SharedEvent">): SharedEvent {
    return fromHandle("SharedEvent", handle, () => new SharedEvent(handle));
  }

  get isSet(): boolean {
    return load(this.words, STATE) === SET;
  }

  /** Sets it; all who wait go on, also if it is cleared right after. */
  set(): void {
    if (exchange(this.words, STATE, SET) === UNSET) this.#flag.wake();
  }

  clear(): void {
    store(this.words, STATE, UNSET);
  }

  /** Waits until it is set. Cancellation: rejects with the scope's reason. */
  wait(wait?: Wait): Promise<void> {
    const scope = scopeOf(wait);
    if (scope?.cancelled) return Promise.reject(scope.reason);
    return this.isSet ? Promise.resolve() : this.#flag.park(UNSET, scope);
  }

  /** The same, blocking the thread. False if `timeoutMs` have passed. `WOULD_BLOCK` on the main thread. */
  waitSync(timeoutMs: number = Infinity): boolean {
    requireBlocking("waitSync", "wait");
    return this.#flag.parkSync(UNSET, new Deadline(timeoutMs));
  }

  /** A snapshot. `waiting`: callers of this thread that await it. */
  stats(): { set: boolean; waiting: number } {
    return { set: this.isSet, waiting: this.#flag.waiting };
  }

  override recover(): void {
    if (this.isSet) this.#flag.wake(); // the dead may have set it and not woken anybody
  }
}
