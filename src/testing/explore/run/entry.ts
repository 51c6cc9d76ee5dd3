import { CLOCK, type Option } from "../strategies/index.js";
import type { Strand } from "./strand.js";

/** Something that could happen next: a strand that could go on, or a timer that could fire. */
export abstract class Entry implements Option {
  readonly strand: Strand;
  readonly what: string;

  constructor(strand: Strand, what: string) {
    this.strand = strand;
    this.what = what;
  }

  get who(): string {
    return this.strand.name;
  }

  abstract run(): void;
}

/** A strand that could go on. */
export class Ready extends Entry {
  /** True if it takes time, nobody knows how much: timers may be faster. */
  readonly slow: boolean;
  readonly #run: () => void;

  constructor(strand: Strand, what: string, slow: boolean, run: () => void) {
    super(strand, what);
    this.slow = slow;
    this.#run = run;
  }

  override run(): void {
    this.#run();
  }
}

/** A timer that is set. */
export class VirtualTimer extends Entry {
  readonly atMs: number;
  /** True if it would overtake somebody who could go on. */
  hasten = false;
  readonly #run: () => void;

  constructor(strand: Strand, what: string, atMs: number, run: () => void) {
    super(strand, what);
    this.atMs = atMs;
    this.#run = run;
  }

  override get who(): string {
    return this.hasten ? CLOCK : this.strand.name;
  }

  override run(): void {
    this.#run();
  }
}
