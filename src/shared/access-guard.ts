import { ConcurrencyError } from "../core/index.js";
import type { SharedGuard } from "./shared-guard.js";

/** What {@link AccessGuard} gives back to. */
export interface Access {
  readonly name: string;
  readonly poisoned: boolean;
  clearPoison(): void;
  release(writing: boolean): void;
}

/** A reading or a writing of a shared rw-lock. */
export class AccessGuard implements SharedGuard {
  #access: Access | undefined;
  readonly #writing: boolean;

  constructor(access: Access, writing: boolean) {
    this.#access = access;
    this.#writing = writing;
  }

  get poisoned(): boolean {
    return this.#access?.poisoned ?? false;
  }

  clearPoison(): void {
    if (this.#access === undefined || !this.#writing)
      throw new ConcurrencyError("NOT_HELD", "clearPoison() is for the writer, while it writes");
    this.#access.clearPoison();
  }

  release(): void {
    const access = this.#access;
    this.#access = undefined;
    access?.release(this.#writing);
  }

  [Symbol.dispose](): void {
    this.release();
  }
}
