import { AsyncEvent } from "../../../src/index.js";

/** A semaphore as it is often written: it counts, and knows nothing of who holds what. */
export class CountingSemaphore {
  #free: number;
  readonly #waiting: AsyncEvent[] = [];

  constructor(permits: number) {
    this.#free = permits;
  }

  async acquire(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    const turn = new AsyncEvent({ name: "turn" });
    this.#waiting.push(turn);
    await turn.wait();
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next.set();
  }
}
