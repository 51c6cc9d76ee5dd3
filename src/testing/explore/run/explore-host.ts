import type { Host, Hooks, Named, TaskInfo, Timer, WaitInfo } from "../../../core/index.js";
import { chanceOf } from "../strategies/index.js";
import { Agenda } from "./agenda.js";
import { Ready, VirtualTimer } from "./entry.js";
import type { Finding } from "./finding.js";
import { type Hold, Holds } from "./holds.js";
import { type Strand, Strands } from "./strand.js";
import { callerLine } from "./where.js";

/** A strand that is at a gate, or waits to come there. */
export interface Pending {
  readonly strand: Strand;
  readonly on: Named;
  /** What it is called in messages. */
  readonly what: string;
  readonly where: string | undefined;
}

/**
 * The host of one run: it holds everybody who could go on, so that one thing happens at a time.
 *
 * Invariant: between two steps nothing of the program runs; what it has begun is on the agenda, or waits
 * for something that is, or for ever.
 */
export class ExploreHost implements Host, Hooks {
  readonly agenda: Agenda = new Agenda();
  readonly strands: Strands = new Strands(this);
  readonly holds: Holds = new Holds();
  readonly pending: Set<Pending> = new Set();
  readonly running: Map<TaskInfo, Hold["where"]> = new Map();
  /** What has to be looked at when the run has ended. */
  readonly checks: (() => Finding | undefined)[] = [];
  readonly #random: () => number;
  readonly #traced: boolean;
  readonly #gated = new WeakSet<object>();
  readonly #names = new Map<string, Named[]>();
  /** The wait that has begun, until its caller comes to its gate. */
  #began: WaitInfo | undefined;

  /** `traced`: notes where in the program things are waited for, which costs more than all the rest. */
  constructor(seed: number, traced: boolean) {
    this.#random = chanceOf(seed + OF_THE_PROGRAM);
    this.#traced = traced;
  }

  nowMs(): number {
    return this.agenda.nowMs;
  }

  random(): number {
    return this.#random();
  }

  startTimer(run: () => void, delayMs: number): Timer {
    if (this.strands.isLate) return undefined;
    if (delayMs <= 0) return this.#turn(run);
    const strand = this.strands.current ?? this.strands.main;
    const timer = new VirtualTimer(
      strand,
      `${delayMs} ms are over`,
      this.agenda.nowMs + delayMs,
      run,
    );
    this.agenda.set(timer);
    return timer;
  }

  stopTimer(timer: Timer): void {
    if (timer instanceof VirtualTimer) this.agenda.stop(timer);
    else if (timer instanceof Ready) this.agenda.drop(timer);
  }

  soon(run: () => void): void {
    if (!this.strands.isLate) this.#turn(run);
  }

  gate<T>(settles: Promise<T>, on: Named): Promise<T> {
    if (this.strands.isLate) return new Promise(() => {}); // its run is over
    const waits = this.#began !== undefined;
    this.#began = undefined;
    return this.hold(settles, on, this.#nameOf(on), waits ? "woken" : "at once");
  }

  /** Lets a promise come out when its caller is chosen to go on. */
  hold<T>(settles: Promise<T>, on: Named, what: string, how: string): Promise<T> {
    const strand = this.strands.entering();
    const pending: Pending = { strand, on, what, where: this.#where() };
    this.pending.add(pending);
    const gated = new Promise<T>((resolve, reject) => {
      const goOn = (how: string, run: () => void): void => {
        const on = (): void => {
          this.pending.delete(pending);
          strand.waiting -= 1;
          run();
        };
        // The timer of a sleep was chosen already, and wakes nobody else.
        if (what === "sleep" && how === "woken") on();
        else this.agenda.add(new Ready(strand, how === "" ? what : `${what}: ${how}`, false, on));
      };
      settles.then(
        (value) =>
          goOn(how, () => {
            this.holds.note(value, pending);
            resolve(value);
          }),
        (error: unknown) => goOn("rejected", () => reject(error)),
      );
    });
    this.#gated.add(gated);
    return gated;
  }

  /** An `await` of the program, where its module was loaded so that we hear of it. */
  awaited(value: unknown, at: string): unknown {
    const foreign = typeof (value as PromiseLike<unknown> | undefined)?.then === "function";
    // What went through a gate has been chosen already; a task goes through one when it is awaited.
    if (foreign && (!(value instanceof Promise) || this.#gated.has(value))) return value;
    if (this.strands.isLate) return new Promise(() => {});
    return this.hold(Promise.resolve(value), { name: at }, at, "");
  }

  /** A step of the program's own, which takes some time. */
  step(label: string): Promise<void> {
    if (this.strands.isLate) return new Promise(() => {});
    const strand = this.strands.entering();
    const pending: Pending = { strand, on: STEP, what: `step "${label}"`, where: this.#where() };
    this.pending.add(pending);
    const gated = new Promise<void>((resolve) => {
      const run = (): void => {
        this.pending.delete(pending);
        strand.waiting -= 1;
        resolve();
      };
      this.agenda.add(new Ready(strand, label, true, run));
    });
    this.#gated.add(gated);
    return gated;
  }

  taskStarted(task: TaskInfo): void {
    this.strands.taskStarted(task);
    this.running.set(task, this.#where());
  }

  bodyReturned(): void {
    this.strands.bodyReturned();
  }

  taskSettled(task: TaskInfo): void {
    this.running.delete(task);
  }

  waitBegan(wait: WaitInfo): void {
    this.#began = wait;
  }

  #turn(run: () => void): Ready {
    const strand = this.strands.current ?? this.strands.main;
    const ready = new Ready(strand, "a turn of the loop", false, run);
    this.agenda.add(ready);
    return ready;
  }

  #where(): string | undefined {
    return this.#traced ? callerLine() : undefined;
  }

  /** Its name; the second of a name is told apart. */
  #nameOf(on: Named): string {
    const name = this.strands.plain(on.name);
    let same = this.#names.get(name);
    if (same === undefined) this.#names.set(name, (same = []));
    let at = same.indexOf(on);
    if (at < 0) at = same.push(on) - 1;
    return at === 0 ? name : `${name} (${at + 1})`;
  }
}

const STEP: Named = { name: "step" };

/** Far from the seeds of choosers, or chance in the program would go along with the schedule. */
const OF_THE_PROGRAM = 0x5eed_0000;
