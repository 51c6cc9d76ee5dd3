import { type Host, host } from "./host.js";
import type { Wait } from "./scope.js";
import { WaitQueue } from "./wait-queue.js";

/** The turns of one host's loop: tests swap hosts, and begin anew. */
class Turns {
  readonly host: Host = host;
  /** When the slice of this turn began. It is one for all tasks, because they share one event loop. */
  startMs = -Infinity;
  readonly #line = new WaitQueue("its turn");
  #asked = false;

  next(wait: Wait | undefined): Promise<void> {
    const turn = this.#line.wait(wait);
    this.#ask();
    return turn;
  }

  #ask(): void {
    if (this.#asked || this.#line.size === 0) return;
    this.#asked = true;
    this.host.soon(() => {
      this.#asked = false;
      this.startMs = this.host.nowMs();
      this.#line.wakeOne();
      this.#ask();
    });
  }
}

let turns = new Turns();

function current(): Turns {
  if (turns.host !== host) turns = new Turns();
  return turns;
}

/** For how long the slice of this turn has lasted; `Infinity` if there is none. */
export function sliceMs(): number {
  const { startMs } = current();
  return host.nowMs() - startMs;
}

/**
 * Waits for a slice. They are given out one per turn of the loop, first come, first served: ten loops that each
 * use up theirs keep a timer waiting for one slice, and not for ten.
 *
 * Cancellation: rejects with the scope's reason.
 */
export function nextSlice(wait: Wait | undefined): Promise<void> {
  return current().next(wait);
}
