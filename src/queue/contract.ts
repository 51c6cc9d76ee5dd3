export interface QueueOptions {
  /** Most items held; `Infinity` for no bound, which must be asked for. */
  readonly capacity: number;
  /** For messages and traces. */
  readonly name?: string;
}

/** What a queue looked like when it was asked. */
export interface QueueStats {
  /** Items held. */
  readonly buffered: number;
  readonly capacity: number;
  /** Callers in line, for room or for an item. */
  readonly waiting: number;
  /** Callers that wait for room. */
  readonly waitingToPut: number;
  /** Callers that wait for an item. */
  readonly waitingToGet: number;
  /** Items that came in and that no `taskDone` has answered. */
  readonly unfinished: number;
  readonly closed: boolean;
}
