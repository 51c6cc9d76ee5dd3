import { ConcurrencyError, type Permit } from "../core/index.js";

/** A turn with a shared lock. */
export interface SharedGuard extends Permit {
  /** True if an earlier owner died while it held the lock: what the lock protects may be half changed. */
  readonly poisoned: boolean;
  /** Says that what the lock protects has been looked after. Later owners don't hear of that death any more. */
  clearPoison(): void;
}

/** What a {@link Turn} is a turn with. */
interface Owned {
  readonly name: string;
  readonly poisoned: boolean;
  clearPoison(): void;
  giveBack(): void;
}

/** A turn with a lock, or a further guard of the same turn: the turn is over when all have been released. */
export class Turn implements SharedGuard {
  readonly #lock: Owned;
  readonly #first: Turn;
  #guards = 1;
  #open = true;

  constructor(lock: Owned, first?: Turn) {
    this.#lock = lock;
    this.#first = first ?? this;
    if (first !== undefined) first.#guards += 1;
  }

  get poisoned(): boolean {
    return this.#open && this.#lock.poisoned;
  }

  clearPoison(): void {
    if (!this.#open)
      throw new ConcurrencyError("NOT_HELD", `${this.#lock.name}: this guard was released before`);
    this.#lock.clearPoison();
  }

  release(): void {
    if (!this.#open) return;
    this.#open = false;
    const first = this.#first;
    first.#guards -= 1;
    if (first.#guards === 0) this.#lock.giveBack();
  }

  [Symbol.dispose](): void {
    this.release();
  }
}
