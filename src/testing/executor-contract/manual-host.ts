import { type Host, installHost, realHost, type Timer } from "../../core/index.js";

interface Due {
  readonly atMs: number;
  run: (() => void) | undefined;
}

/**
 * A clock that stands until it is told to go on, over the real event loop: workers answer in their own
 * time, and a time limit ends when the test says so. In charge until it is disposed.
 */
export class ManualHost implements Host, Disposable {
  #nowMs = 0;
  readonly #due = new Set<Due>();
  readonly #installed: Disposable;

  constructor() {
    this.#installed = installHost(this);
  }

  nowMs(): number {
    return this.#nowMs;
  }

  startTimer(run: () => void, delayMs: number): Timer {
    if (delayMs <= 0) return realHost.startTimer(run, delayMs); // a turn of the loop takes no time
    const due: Due = { atMs: this.#nowMs + delayMs, run };
    this.#due.add(due);
    return due;
  }

  stopTimer(timer: Timer): void {
    if (this.#due.delete(timer as Due)) (timer as Due).run = undefined;
    else realHost.stopTimer(timer); // it was started before this clock was there
  }

  soon(run: () => void): void {
    realHost.soon(run);
  }

  random(): number {
    return realHost.random();
  }

  /** Lets so much time pass, and what was due by then happen. */
  pass(ms: number): void {
    this.#nowMs += ms;
    for (const due of this.#due) {
      if (due.atMs > this.#nowMs) continue;
      this.#due.delete(due);
      due.run?.();
    }
  }

  [Symbol.dispose](): void {
    this.#installed[Symbol.dispose]();
  }
}
