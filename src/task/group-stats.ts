/** What a task group looked like when it was asked. */
export interface TaskGroupStats {
  readonly state: GroupState;
  /** Children that have not settled. */
  readonly running: number;
  /** Children started so far. */
  readonly spawned: number;
  /** Real failures so far. */
  readonly failed: number;
  /** Who runs, oldest first, and since when: whoever a join waits for. */
  readonly tasks: readonly RunningTask[];
}

export interface RunningTask {
  readonly id: number;
  readonly name: string;
  /** True if it was asked to end and has not. */
  readonly cancelled: boolean;
  readonly runningForMs: number;
}

/*  open ─── joined, and the last child settled ────────────▶ closed
 *    │ a child fails, cancel(), or a cancel from outside        ▲
 *    └────────▶ cancelling ─── the last child settled ──────────┘
 *
 *  open        spawn() starts a child
 *  cancelling  spawn() throws; the scope is cancelled; children still run
 *  closed      spawn() throws; no child is running, ever again
 */
export type GroupState = "open" | "cancelling" | "closed";
