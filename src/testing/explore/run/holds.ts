import type { Named, Permit } from "../../../core/index.js";
import type { Strand } from "./strand.js";

/** A permit that was handed out and not given back. */
export interface Hold {
  readonly on: Named;
  readonly strand: Strand;
  readonly where: string | undefined;
}

/** Knows who holds what. It sees permits that somebody waited for, not those of `tryAcquire`. */
export class Holds {
  readonly #held = new Map<Permit, Hold>();

  /** Notes a permit, if that is what was handed over. */
  note(value: unknown, hold: Hold): void {
    if (!isPermit(value)) return;
    const known = this.#held.has(value);
    this.#held.set(value, hold);
    if (known) return; // a condition hands its lock back by the same permit
    const release = value.release.bind(value);
    const noted = (): void => {
      this.#held.delete(value);
      release();
    };
    value.release = noted;
    value[Symbol.dispose] = noted;
  }

  of(on: Named): Hold[] {
    return [...this.#held.values()].filter((hold) => hold.on === on);
  }

  all(): Hold[] {
    return [...this.#held.values()];
  }
}

function isPermit(value: unknown): value is Permit {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as Permit).release === "function" &&
    Symbol.dispose in value
  );
}
