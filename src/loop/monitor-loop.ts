import { requireInteger, requirePositive, type Wait, scopeOf, WaitQueue } from "../core/index.js";
import { every, loopUtilisation, nowMs } from "./clock.js";

export interface MonitorLoopOptions {
  /** How far back the figures reach, in milliseconds; 5,000 by default. */
  readonly windowMs?: number;
  /** The time between two measurements; 20 by default. A shorter one costs more. */
  readonly resolutionMs?: number;
  /** How often a `for await` over the monitor gets a snapshot; 1,000 by default. */
  readonly everyMs?: number;
}

export interface LoopSnapshot {
  /** How late the loop was, over the window. */
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** The part of the window's time in which the loop was busy, from 0 to 1. */
  readonly utilisation: number;
  /** How many measurements the window holds. */
  readonly samples: number;
}

type Utilisation = ReturnType<typeof loopUtilisation>;

/** The window's utilisation is that since the oldest of so many marks. */
const MARKS = 10;

/**
 * How late the event loop is: what {@link monitorLoop} gives. Disposing it ends the measurement; it keeps no
 * program alive.
 */
export class LoopMonitor implements Disposable, AsyncIterable<LoopSnapshot> {
  readonly #resolutionMs: number;
  readonly #everyMs: number;
  readonly #markMs: number;
  /** The last measurements, as a ring. */
  readonly #lateMs: Float64Array;
  #measured = 0;
  #marks: Utilisation[] = [loopUtilisation()];
  #markedMs: number;
  #dueMs: number;
  #shownMs: number;
  #closed = false;
  readonly #readers = new WaitQueue<LoopSnapshot | undefined>("the next snapshot of the loop");
  readonly #ticking: Disposable;

  constructor({ windowMs = 5_000, resolutionMs = 20, everyMs = 1_000 }: MonitorLoopOptions) {
    requirePositive("windowMs", windowMs);
    requireInteger("resolutionMs", resolutionMs, 1);
    requirePositive("everyMs", everyMs);
    this.#resolutionMs = resolutionMs;
    this.#everyMs = everyMs;
    this.#markMs = windowMs / MARKS;
    this.#lateMs = new Float64Array(Math.max(1, Math.ceil(windowMs / resolutionMs)));
    this.#markedMs = this.#shownMs = nowMs();
    this.#dueMs = this.#markedMs + resolutionMs;
    this.#ticking = every(resolutionMs, () => this.#tick());
  }

  /** How late the loop is now: the last measurement, or what the next one is late already. */
  get delayMs(): number {
    const last = this.#lateMs[(this.#measured - 1) % this.#lateMs.length] ?? 0;
    return this.#closed ? 0 : Math.max(last, nowMs() - this.#dueMs);
  }

  /** A snapshot of the window; it sorts the measurements, so don't take it in a loop. */
  stats(): LoopSnapshot {
    const samples = Math.min(this.#measured, this.#lateMs.length);
    const sorted = this.#lateMs.subarray(0, samples).toSorted();
    const at = (part: number): number => sorted[Math.ceil(part * samples) - 1] ?? 0;
    const { utilization } = loopUtilisation(this.#marks[0]);
    return {
      p50Ms: at(0.5),
      p90Ms: at(0.9),
      p99Ms: at(0.99),
      maxMs: at(1),
      utilisation: utilization,
      samples,
    };
  }

  /**
   * Waits for the next snapshot, which comes every `everyMs`; undefined when the monitor has been closed.
   *
   * Cancellation: rejects with the scope's reason.
   */
  next(options?: Wait): Promise<LoopSnapshot | undefined> {
    const scope = scopeOf(options);
    if (scope?.cancelled) return Promise.reject(scope.reason);
    return this.#closed ? Promise.resolve(undefined) : this.#readers.wait(scope);
  }

  /** Snapshots until the monitor is closed. A reader that comes late gets the next one, not all it missed. */
  async *[Symbol.asyncIterator](): AsyncIterator<LoopSnapshot> {
    for (let next; (next = await this.next()) !== undefined;) yield next;
  }

  /** Ends the measurement, and with it every `for await` over this. */
  close(): void {
    this.#closed = true;
    this.#ticking[Symbol.dispose]();
    this.#readers.wakeAll(undefined);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #tick(): void {
    const tickMs = nowMs();
    this.#lateMs[this.#measured % this.#lateMs.length] = Math.max(0, tickMs - this.#dueMs);
    this.#measured += 1;
    this.#dueMs = tickMs + this.#resolutionMs;
    if (tickMs - this.#markedMs >= this.#markMs) {
      this.#markedMs = tickMs;
      this.#marks.push(loopUtilisation());
      if (this.#marks.length > MARKS) this.#marks.shift();
    }
    if (tickMs - this.#shownMs < this.#everyMs) return;
    this.#shownMs = tickMs;
    if (this.#readers.size > 0) this.#readers.wakeAll(this.stats());
  }
}

/**
 * Measures how late the event loop is, and how busy.
 *
 * Timers ask for a turn every `resolutionMs`, and what they get it late is what every other callback of the
 * program waits too. Give it to `aimd({ delay: monitor })` to let a limit follow it.
 *
 * @example
 * using monitor = monitorLoop({ windowMs: 10_000 });
 * await sleep(50);
 * const { p99Ms, utilisation } = monitor.stats();
 * console.log(p99Ms < 10_000, utilisation <= 1);
 * // prints:
 * // true true
 */
export function monitorLoop(options: MonitorLoopOptions = {}): LoopMonitor {
  return new LoopMonitor(options);
}
