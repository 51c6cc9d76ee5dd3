import { host } from "../../core/index.js";

/** Time on the event loop that work may use before the loop gets a turn. */
export class TimeSlice {
  readonly #sliceMs: number;
  readonly #onTurn: () => void;
  #usedMs = 0;
  #over = false;

  constructor(sliceMs: number, onTurn: () => void) {
    this.#sliceMs = sliceMs;
    this.#onTurn = onTurn;
  }

  /** True until the loop has had its turn: nothing should begin. */
  get over(): boolean {
    return this.#over;
  }

  use(ms: number): void {
    this.#usedMs += ms;
    if (this.#usedMs < this.#sliceMs || this.#over) return;
    this.#over = true;
    host.soon(() => {
      this.#over = false;
      this.#usedMs = 0;
      this.#onTurn();
    });
  }
}
