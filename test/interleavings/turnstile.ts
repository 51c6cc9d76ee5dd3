import { C, FATE, MOST_CHOICES, NOBODY, NODE, nodeAt, STATE, VERDICT } from "./control.js";
import { eventsOf, fateOfSleep, timeOut } from "./happenings.js";

/** Thrown out of every access to memory once the run is over, or this thread was chosen to die. */
export class Stopped extends Error {}

/**
 * Lets one simulated thread run at a time. Before each access to shared memory the one that runs chooses who goes on,
 * from what the run was told to choose, or by chance.
 */
export class Turnstile {
  readonly control: Int32Array;
  readonly self: number;
  /** While set, accesses to memory are not told: what the run is made of is being set up. */
  quiet = false;
  #accesses = 0;
  #dead = false;

  constructor(memory: SharedArrayBuffer, self: number) {
    this.control = new Int32Array(memory);
    this.self = self;
  }

  /** Blocks until it is this thread's turn. */
  enter(): void {
    const { control } = this;
    for (;;) {
      const turn = Atomics.load(control, C.turn);
      if (turn === this.self) return;
      if (turn === NOBODY) throw new Stopped();
      Atomics.wait(control, C.turn, turn);
    }
  }

  /** Another may go on here. */
  step(): void {
    if (this.quiet) return;
    this.#requireLife();
    const { control } = this;
    control[C.steps]! += 1;
    if (control[C.steps]! > control[C.mostSteps]!) this.#stop(VERDICT.tooLong);
    this.pass(STATE.runs);
  }

  /** Lets the chosen one go on, and comes back when this one is chosen. */
  pass(state: number): void {
    this.#requireLife();
    const { control, self } = this;
    control[C.state + self] = state;
    const chosen = this.#choose(state === STATE.runs);
    if (chosen === NOBODY) this.#stop(VERDICT.none);
    if (chosen !== self) {
      this.#give(chosen);
      this.enter();
    }
    control[C.state + self] = STATE.runs;
    this.#requireLife();
  }

  /** This thread has ended. */
  leave(): void {
    if (this.control[C.verdict] !== VERDICT.none) return;
    this.control[C.state + this.self] = STATE.ended;
    this.#give(this.#choose(false));
  }

  #requireLife(): void {
    if (this.#dead) throw new Stopped();
    if (this.control[C.verdict] !== VERDICT.none) throw new Stopped();
  }

  #stop(verdict: number): never {
    if (this.control[C.verdict] === VERDICT.none) this.control[C.verdict] = verdict;
    this.#give(NOBODY);
    throw new Stopped();
  }

  #give(turn: number): void {
    Atomics.store(this.control, C.turn, turn);
    Atomics.notify(this.control, C.turn);
  }

  /** Who goes on; nobody if all have ended. An option is a thread, or a thread with something that happens to it. */
  #choose(goesOn: boolean): number {
    const options = this.#options(goesOn);
    if (options.length === 0) {
      if (this.#allEnded()) return NOBODY;
      this.#stop(VERDICT.deadlock);
    }
    const option = options[goesOn ? this.#pickCalmly(options.length) : this.pick(options.length)]!;
    if (goesOn && option.thread !== this.self) this.control[C.preemptions]! += 1;
    option.happens?.();
    return option.thread;
  }

  #options(goesOn: boolean): { thread: number; happens?: () => void }[] {
    const { control, self } = this;
    const options: { thread: number; happens?: () => void }[] = [];
    if (goesOn) options.push({ thread: self });
    const mayPreempt = control[C.preemptions]! < control[C.mostPreemptions]!;
    if (goesOn && this.#mayDie()) options.push({ thread: self, happens: () => this.#die() });
    if (goesOn && !mayPreempt) return options;
    for (let thread = 0; thread < control[C.threads]!; thread += 1) {
      const state = control[C.state + thread];
      if (thread === self && goesOn) continue;
      const listens = state === STATE.idle || state === STATE.lingers;
      if (state === STATE.runs || (listens && eventsOf(control, thread).length > 0))
        options.push({ thread });
      const fate = fateOfSleep(control, thread);
      if (state !== STATE.sleeps && state !== STATE.sleepsForATime) continue;
      if (fate !== FATE.asleep) options.push({ thread });
      else if (state === STATE.sleepsForATime)
        options.push({ thread, happens: () => timeOut(control, thread) });
    }
    return options;
  }

  #mayDie(): boolean {
    const { control, self } = this;
    if ((control[C.mayDie]! & (1 << self)) === 0 || control[C.dead] !== 0) return false;
    this.#accesses += 1;
    return control[C.dieAfter] === 0 || control[C.dieAfter] === this.#accesses;
  }

  /** As {@link pick}, but the first mostly, if the run is to be calm. */
  #pickCalmly(count: number): number {
    const { control } = this;
    const chosen = control[C.made]! < control[C.prefix]! || control[C.random] === 0;
    if (chosen || control[C.calm] === 0) return this.pick(count);
    return this.#nextRandom() % 8 === 0 ? this.pick(count) : 0;
  }

  /** True if the run chose that this thread dies. */
  get dead(): boolean {
    return this.#dead;
  }

  /** Which of so many options: the next of what the run was told, else by chance, or the first if it has none. */
  pick(count: number): number {
    if (count === 1) return 0;
    const { control } = this;
    const at = control[C.made]!;
    if (at >= MOST_CHOICES) this.#stop(VERDICT.tooLong);
    let picked = 0;
    if (at < control[C.prefix]!) picked = control[C.choice + at]! & 255;
    else if (control[C.random] !== 0) picked = (this.#nextRandom() >>> 8) % count;
    control[C.choice + at] = picked | (count << 8);
    control[C.made] = at + 1;
    return picked;
  }

  // xorshift, as in src/testing/seeded.ts, with its state where all threads see it
  #nextRandom(): number {
    let state = this.control[C.random]!;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.control[C.random] = state;
    return state >>> 0;
  }

  #die(): void {
    const { control, self } = this;
    control[C.dead] = self + 1;
    this.#dead = true;
    for (let node = 0; node < control[C.nodes]!; node += 1) {
      const at = nodeAt(node);
      if (control[at + NODE.thread] === self) control[at + NODE.fate] = FATE.over;
    }
  }

  #allEnded(): boolean {
    const { control } = this;
    for (let thread = 0; thread < control[C.threads]!; thread += 1) {
      const state = control[C.state + thread];
      if (state !== STATE.ended && state !== STATE.lingers) return false;
    }
    return true;
  }
}
