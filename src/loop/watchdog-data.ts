import type { MessagePort } from "node:worker_threads";
import type { WatchSetting } from "./watched-thread.js";

/** What the watchdog's thread is started with. */
export interface WatchdogData {
  readonly setting: WatchSetting;
  readonly workers: boolean;
  readonly stuckMs: number;
  readonly mayInspect: boolean;
  /** This is a worker of a `ProcessExecutor`. */
  readonly inWorkerProcess: boolean;
  /** Where reports go. */
  readonly port: MessagePort;
  /** Two words: see {@link CLOSING}. */
  readonly state: SharedArrayBuffer;
}

/** The program ends, and the last reports are to be sent now; they have been. */
export const CLOSING = { asked: 0, done: 1 } as const;
