/*  starting ── ready ──▶ ready ── enough tasks, or memory ──▶ retiring ── holds nothing ──▶ closing
 *      │                   │                                     │                             │
 *      └───────────────────┴────────── killed, or it died ───────┴─────────────────────────────┴──▶ gone
 */
export type WorkerState = "starting" | "ready" | "retiring" | "closing" | "gone";
