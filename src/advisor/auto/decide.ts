import { MARGIN } from "../choose.js";

/** Where an executor that decides for itself runs a function. */
export type AutoModel = "async" | "threads";

/** Why a function runs where it runs. */
export interface Decision {
  /** The function, by its name. */
  readonly task: string;
  readonly model: AutoModel;
  /** One sentence. */
  readonly reason: string;
}

/** What is known of a function when it is decided upon. */
export interface Situation {
  readonly model: AutoModel;
  /** Calls per second on the loop: measured there, or expected of it. */
  readonly asyncPerSecond: number;
  /** The same of threads. */
  readonly threadsPerSecond: number;
  /** There is more to do than is done. */
  readonly busy: boolean;
  /** A call holds the loop longer than a time slice. */
  readonly suffers: boolean;
  /** In threads a call holds this loop for much less than on it. */
  readonly relieves: boolean;
  /** It can go to a thread. */
  readonly possible: boolean;
  /** It has come back from threads, and the time for another try has not come. */
  readonly heldOff: boolean;
}

/**
 * Where the function should run next.
 *
 * Invariant: on the same figures, whatever is decided stays decided. Both ways take a gain by the margin, so
 * between them lies a band in which it stays where it is.
 */
export function nextModel(situation: Situation): AutoModel {
  const { model, asyncPerSecond, threadsPerSecond, busy, suffers, relieves } = situation;
  if (!situation.possible) return "async";
  const freesLoop = suffers && relieves;
  if (model === "async") {
    const pays = busy && threadsPerSecond >= MARGIN * asyncPerSecond;
    return !situation.heldOff && (freesLoop || pays) ? "threads" : "async";
  }
  const costs = busy && asyncPerSecond >= MARGIN * threadsPerSecond;
  const idle = !relieves && !(busy && threadsPerSecond >= asyncPerSecond);
  return (costs && !freesLoop) || idle ? "async" : "threads";
}
