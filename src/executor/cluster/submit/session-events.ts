import type { Frame } from "../wire/index.js";

/** What a session tells its executor. */
export interface SessionEvents {
  /** Redis is there, for the first time or again; or how many slots there are has changed. */
  changed(): void;
  frame(frame: Frame): void;
  /** While there is work: about once in a second. */
  tick(): void;
  /** It will not work any more. */
  broke(error: Error): void;
}
