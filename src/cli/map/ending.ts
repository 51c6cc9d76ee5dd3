import { CancelledError, type CancelScope, host, type Timer, WaitQueue } from "../../core/index.js";

/** How long calls may go on whose results can't be written any more. */
const BROKEN_GRACE_MS = 250;

/*  running ─── stop() ──▶ stopping: nothing starts ─── what ran has ended ──▶ over
 *                            │ the grace is over
 *                            └──▶ cut: what runs is cancelled, and not waited for any more
 */

/** How a map ends before its input does: by a signal, or because its output is broken. */
export class Ending {
  readonly #work: CancelScope;
  readonly #stopIntake: () => void;
  readonly #cut: WaitQueue = new WaitQueue("the grace of the map");
  #timer: Timer | undefined;
  #isCut = false;
  #cause: Error | undefined;

  constructor(work: CancelScope, stopIntake: () => void) {
    this.#work = work;
    this.#stopIntake = stopIntake;
  }

  /** Why the output is broken. */
  get cause(): Error | undefined {
    return this.#cause;
  }

  /** True if calls were not waited for. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Starts nothing more, and gives what runs `graceMs`. */
  stop(graceMs: number): void {
    this.#stopIntake();
    host.stopTimer(this.#timer);
    this.#timer = host.startTimer(() => {
      this.#isCut = true;
      this.#work.cancel(new CancelledError("the map has ended"));
      this.#cut.wakeAll();
    }, graceMs);
  }

  readonly broken = (error: Error): void => {
    if (this.#cause !== undefined) return;
    this.#cause = error;
    this.stop(BROKEN_GRACE_MS);
  };

  /** Waits for `run`, but no longer than the grace. */
  async waitFor(run: Promise<void>): Promise<void> {
    await Promise.race([run, this.#cut.wait()]);
    host.stopTimer(this.#timer);
  }
}
