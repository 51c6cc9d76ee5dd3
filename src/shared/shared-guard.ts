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
  readonly word: { readonly poisoned: boolean; clearPoison(): void };
  /** True while the turn of this number is under way. */
  isTurn(turn: number): boolean;
  /** A guard of the turn of this number is released. False, and nothing else, if that isn't under way. */
  leave(turn: number): boolean;
}

const NOTHING: Owned = {
  name: "no lock",
  word: { poisoned: false, clearPoison() {} },
  isTurn: () => false,
  leave: () => false,
};

/**
 * A guard of a turn with a lock. It knows its turn by number, so that the lock doesn't have to know the guard: it is
 * then garbage as soon as it was released, or is never made at all where the engine sees all of its life.
 */
export class Turn implements SharedGuard {
  /**
   * Never used, only alive. The engine forgets the layout of objects of which none is left when it collects garbage,
   * and with it all code that it had compiled for them: locks would be slow after each collection.
   */
  static readonly kept: Turn = new Turn(NOTHING, 0);

  readonly #lock: Owned;
  /** Zero once it was released. */
  #turn: number;

  constructor(lock: Owned, turn: number) {
    this.#lock = lock;
    this.#turn = turn;
  }

  get poisoned(): boolean {
    return this.#lock.isTurn(this.#turn) && this.#lock.word.poisoned;
  }

  clearPoison(): void {
    if (!this.#lock.isTurn(this.#turn))
      throw new ConcurrencyError("NOT_HELD", `${this.#lock.name}: this guard holds it no more`);
    this.#lock.word.clearPoison();
  }

  release(): void {
    if (this.#lock.leave(this.#turn)) this.#turn = 0;
  }

  [Symbol.dispose](): void {
    this.release();
  }
}
