export interface QueueOptions {
  /** Most items held; `Infinity` for no bound, which must be asked for. */
  readonly capacity: number;
  /** For messages and traces. */
  readonly name?: string;
}

/*  open ─── close() ──▶ draining ─── the last item taken ──▶ drained
 *    └────── close({ discard: true }), or nothing held ────────▲
 *
 *  open      put waits for room, get for an item
 *  draining  put throws CLOSED; get gives what is left
 *  drained   put and get throw CLOSED; for await ends
 */

/** What a queue looked like when it was asked. */
export interface QueueStats {
  /** Items held. */
  readonly buffered: number;
  readonly capacity: number;
  /** Callers in line, for room or for an item. */
  readonly waiting: number;
  /** Items that came in and that no `taskDone` has answered. */
  readonly unfinished: number;
  readonly closed: boolean;
}
