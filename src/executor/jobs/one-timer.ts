import { host, type Timer } from "../../core/index.js";

/** A timer that is started anew for whatever comes next: of a job, its wait, its run, the grace after its cancel. */
export class OneTimer {
  #timer: Timer | undefined;

  get runs(): boolean {
    return this.#timer !== undefined;
  }

  /** Starts anew. */
  start(run: () => void, delayMs: number): void {
    this.stop();
    if (delayMs === Infinity) return;
    this.#timer = host.startTimer(() => {
      this.#timer = undefined;
      run();
    }, delayMs);
  }

  /**
   * The same, but what has come by then is heard first, and may stop it. Timers go before that: after a loop that was
   * held up for longer than the grace, who answered in time would not have been heard.
   */
  startGrace(run: () => void, delayMs: number): void {
    this.start(() => this.start(run, 0), delayMs);
  }

  stop(): void {
    if (this.#timer !== undefined) host.stopTimer(this.#timer);
    this.#timer = undefined;
  }
}
