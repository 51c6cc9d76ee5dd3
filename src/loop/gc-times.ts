import { observeGc } from "./clock.js";

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** Collections that are remembered: a stall that collects all the time has some hundred of them per second. */
const KEPT = 1_000;

/**
 * How much of the last stall went to the garbage collector. Node tells of a collection some time after it, which
 * may be before the stall is known or after: so the latest are kept, and the sum is told again when it grows.
 */
export class GcTimes implements Disposable {
  readonly #tell: (ms: number) => void;
  readonly #observing: Disposable;
  #spans: Span[] = [];
  #stall: Span = { startMs: Infinity, endMs: Infinity };

  /** `tell` gets all the time of the last stall that is known by then. */
  constructor(tell: (ms: number) => void) {
    this.#tell = tell;
    this.#observing = observeGc((startMs, endMs) => this.#add({ startMs, endMs }));
  }

  stalled(startMs: number, endMs: number): void {
    this.#stall = { startMs, endMs };
    this.#sum();
  }

  [Symbol.dispose](): void {
    this.#observing[Symbol.dispose]();
  }

  #add(span: Span): void {
    this.#spans.push(span);
    if (this.#spans.length > 2 * KEPT) this.#spans = this.#spans.slice(-KEPT);
    if (commonMs(span, this.#stall) > 0) this.#sum();
  }

  #sum(): void {
    this.#tell(this.#spans.reduce((sum, span) => sum + commonMs(span, this.#stall), 0));
  }
}

function commonMs(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs));
}
