import { type CancelScope, ScopeFacade } from "../../../core/index.js";
import type { TaskScope } from "../../../task/index.js";

/** The scope of a call that runs in this thread, or that is not the first for its input. */
export class CallScope extends ScopeFacade implements TaskScope {
  readonly attempt: number;
  readonly #report: ((progress: unknown) => void) | undefined;

  constructor(node: CancelScope, attempt: number, report?: (progress: unknown) => void) {
    super(node);
    this.attempt = attempt;
    this.#report = report;
  }

  report(progress: unknown): void {
    this.#report?.(progress);
  }
}
