import type { Failure } from "./failure.js";

/** Takes what comes of inputs: in their order, or as it comes. */
export interface Results {
  /** The lines for the input. */
  done(index: number, lines: string): void;
  /** The input has failed for good, and the map goes on. */
  failed(failure: Failure): void;
  /** True if no more is welcome for now. */
  readonly full: boolean;
  /** Resolves when more is welcome. Rejects if nothing ever will be. */
  drained(): Promise<void>;
}
