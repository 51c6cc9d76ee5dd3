import {
  ConcurrencyError,
  type Host,
  installHost,
  listen,
  realHost,
  requireFunction,
  requireInteger,
  type Timer,
} from "../core/index.js";
import { Heap } from "../queue/heap.js";
import { OpenWaits } from "./open-waits.js";
import { seededRandom } from "./seeded.js";

export interface VirtualHostOptions {
  /** Picks the order of turns and timers that are due together, and what `random` gives. Without it: FIFO. */
  readonly seed?: number;
}

/** Something that the host will run. A stopped one stays in line and is passed over. */
interface Due {
  readonly atMs: number;
  /** Breaks ties: by chance if there is a seed. */
  readonly rank: number;
  run: (() => void) | undefined;
}

/**
 * A host whose time passes only when nothing else can happen: fake timers for structured concurrency.
 *
 * Everything in weftwork that sleeps, times out or yields runs on it while {@link run} lasts, so a day of
 * virtual time takes milliseconds and no test needs to sleep. Real I/O and foreign timers are outside.
 *
 * @example
 * const host = new VirtualHost();
 * await host.run(async () => {
 *   await sleep(24 * 60 * 60 * 1_000);
 * });
 * console.log(host.nowMs()); // 86400000
 */
export class VirtualHost implements Host {
  readonly #random: () => number;
  readonly #shuffles: boolean;
  readonly #due = new Heap<Due>((a, b) => a.atMs - b.atMs || a.rank - b.rank);
  #nowMs = 0;
  #busy = false;

  constructor({ seed }: VirtualHostOptions = {}) {
    if (seed !== undefined) requireInteger("seed", seed, 0);
    this.#shuffles = seed !== undefined;
    this.#random = seededRandom(seed ?? 0);
  }

  nowMs(): number {
    return this.#nowMs;
  }

  startTimer(run: () => void, delayMs: number): Timer {
    const due: Due = {
      atMs: this.#nowMs + Math.max(0, delayMs),
      rank: this.#shuffles ? this.#random() : 0, // the heap keeps equals in order
      run,
    };
    this.#due.add(due);
    return due;
  }

  stopTimer(timer: Timer): void {
    (timer as Due).run = undefined;
  }

  soon(run: () => void): void {
    this.startTimer(run, 0);
  }

  random(): number {
    return this.#random();
  }

  /**
   * Runs `main` on this host until it settles, and gives its value.
   *
   * Errors: `DEADLOCK` if main waits and nothing can run any more, naming who waits for what; `CLOSED` if
   * this host runs already.
   */
  run<T>(main: () => T | PromiseLike<T>): Promise<T> {
    requireFunction("main", main);
    return this.#run(main);
  }

  async #run<T>(main: () => T | PromiseLike<T>): Promise<T> {
    if (this.#busy)
      throw new ConcurrencyError("CLOSED", "run() on a virtual host that runs already");
    this.#busy = true;
    const waits = new OpenWaits();
    const heard = listen(waits);
    const installed = installHost(this);
    try {
      let over = false;
      const result = (async () => main())();
      const end = (): void => {
        over = true;
      };
      result.then(end, end);
      for (;;) {
        await everyMicrotask();
        if (over) return await result;
        this.#step(waits);
      }
    } finally {
      installed[Symbol.dispose]();
      heard[Symbol.dispose]();
      this.#busy = false;
    }
  }

  #step(waits: OpenWaits): void {
    while (this.#due.size > 0) {
      const { atMs, run } = this.#due.take();
      if (run === undefined || atMs === Infinity) continue;
      this.#nowMs = atMs;
      run();
      return;
    }
    const who = waits.describe().join("; ") || "it waits for something outside weftwork";
    throw new ConcurrencyError(
      "DEADLOCK",
      `nothing can run any more, but main has not settled: ${who}`,
    );
  }
}

// A real turn begins when all microtasks have run: nothing but the host can make anything happen then.
function everyMicrotask(): Promise<void> {
  return new Promise((resolve) => realHost.soon(resolve));
}
