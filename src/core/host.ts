/**
 * The one door to the outside world: clock, timers, turns of the event loop, chance.
 *
 * Everything else in weftwork asks the installed {@link Host}, so swapping this one object gives virtual
 * time and seeded schedules. House rule: no other file names a platform timer, clock or random source.
 */
export interface Host {
  /** Milliseconds on a monotonic clock with an arbitrary origin. */
  nowMs(): number;
  /** Runs `run` once, `delayMs` from now; zero or less means a later turn of the loop. */
  startTimer(run: () => void, delayMs: number): Timer;
  /** Forgets a timer. One that has fired already is ignored. */
  stopTimer(timer: Timer): void;
  /** Runs `run` in a later turn of the event loop, after I/O had its chance. */
  soon(run: () => void): void;
  /** A number in [0, 1). */
  random(): number;
  /** What becomes of {@link gate}; for hosts that choose who goes on next. */
  gate?<T>(settles: Promise<T>, on: Named): Promise<T>;
}

/** What a caller goes through a {@link gate} for. */
export interface Named {
  readonly name: string;
}

/** What {@link Host.startTimer} returns; only its host can read it. */
export type Timer = unknown;

/** The longest delay that platform timers keep; a longer one would fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** A timer that the platform's own can't express: a delay of 25 days and more, or a turn of the loop. */
class OwnTimer {
  #run: (() => void) | undefined;
  #leg: ReturnType<typeof setTimeout> | undefined;

  constructor(run: () => void, delayMs: number) {
    this.#run = run;
    if (delayMs > 0) this.#walk(delayMs);
    else realHost.soon(() => this.#run?.());
  }

  stop(): void {
    this.#run = undefined;
    clearTimeout(this.#leg);
  }

  #walk(restMs: number): void {
    const legMs = Math.min(restMs, LONGEST_DELAY_MS);
    this.#leg = setTimeout(() => {
      if (restMs > legMs) this.#walk(restMs - legMs);
      else this.#run?.();
    }, legMs);
  }
}

/** What browsers have in place of setImmediate; their nested timeouts take 4 ms. */
const { scheduler } = globalThis as { scheduler?: { postTask(run: () => void): unknown } };

/** Node gets its `performance` ready at the first use: 1 ms of a thread's start, 2 ms of a program's. This it always has. */
const { process } = globalThis as { process?: { hrtime?(): [number, number] } };

/** The platform's own clock, timers, turns and chance. */
export const realHost: Host = {
  nowMs() {
    const time = process?.hrtime?.();
    return time === undefined ? performance.now() : time[0] * 1e3 + time[1] / 1e6;
  },
  startTimer(run, delayMs) {
    if (delayMs > 0 && delayMs <= LONGEST_DELAY_MS) return setTimeout(run, delayMs);
    return new OwnTimer(run, delayMs);
  },
  stopTimer(timer) {
    if (timer instanceof OwnTimer) timer.stop();
    else clearTimeout(timer as ReturnType<typeof setTimeout>);
  },
  soon(run) {
    if (typeof setImmediate === "function") setImmediate(run);
    else if (scheduler !== undefined) void scheduler.postTask(run);
    else setTimeout(run);
  },
  random: () => Math.random(),
};

/** The host in charge now. Read it at each use: tests swap it. */
export let host: Host = realHost;

const open: NonNullable<Host["gate"]> = (settles) => settles;

/**
 * The door between having been woken, or having had to wait for nothing, and going on. Every promise that a
 * caller of a primitive awaits goes through it. It stands open, and costs nothing, unless the host closes it
 * to let one caller through at a time.
 */
export let gate: NonNullable<Host["gate"]> = open;

/** Puts `next` in charge until the returned value is disposed. */
export function installHost(next: Host): Disposable {
  const previous = host;
  put(next);
  return { [Symbol.dispose]: () => put(previous) };
}

function put(next: Host): void {
  host = next;
  gate = next.gate?.bind(next) ?? open;
}
