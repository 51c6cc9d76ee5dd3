import { type Entry, type Ready, VirtualTimer } from "./entry.js";

/**
 * What could happen next, in the order in which it came.
 *
 * Time passes if nothing else can happen. It may also pass before something slow ends; never before a
 * strand that was woken goes on, since that takes no time.
 */
export class Agenda {
  readonly #ready: Ready[] = [];
  /** By time; equals as they came. */
  readonly #timers: VirtualTimer[] = [];
  #quick = 0;
  nowMs = 0;

  get timers(): readonly VirtualTimer[] {
    return this.#timers;
  }

  add(entry: Ready): void {
    this.#ready.push(entry);
    if (!entry.slow) this.#quick += 1;
  }

  set(timer: VirtualTimer): void {
    const timers = this.#timers;
    let at = timers.length;
    while (at > 0 && (timers[at - 1] as VirtualTimer).atMs > timer.atMs) at -= 1;
    timers.splice(at, 0, timer);
  }

  /** Takes a timer off; one that has fired is ignored. */
  stop(timer: VirtualTimer): void {
    const at = this.#timers.indexOf(timer);
    if (at >= 0) this.#timers.splice(at, 1);
  }

  /** Everything that could happen next; with `still`, only what can without time passing. */
  options(still: boolean): readonly Entry[] {
    const first = this.#timers[0]?.atMs ?? Infinity;
    const due = first <= this.nowMs;
    if (first === Infinity || ((this.#quick > 0 || still) && !due)) return this.#ready;
    const hasten = !due && this.#ready.length > 0;
    const timers: VirtualTimer[] = [];
    for (const timer of this.#timers) {
      if (timer.atMs > Math.max(first, this.nowMs)) break;
      timer.hasten = hasten;
      timers.push(timer);
    }
    return this.#ready.length === 0 ? timers : [...this.#ready, ...timers];
  }

  /** Takes out what was chosen. */
  take(entry: Entry): void {
    if (entry instanceof VirtualTimer) {
      this.nowMs = Math.max(this.nowMs, entry.atMs);
      this.stop(entry);
      return;
    }
    this.drop(entry as Ready);
  }

  /** Takes something off that shall not happen. */
  drop(ready: Ready): void {
    const at = this.#ready.indexOf(ready);
    if (at < 0) return;
    this.#ready.splice(at, 1);
    if (!ready.slow) this.#quick -= 1;
  }
}
