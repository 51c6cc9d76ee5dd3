import {
  CancelledError,
  CancelScope,
  Failures,
  host,
  type ScopeOwner,
  type TaskInfo,
  WaitQueue,
} from "../core/index.js";
import { type Body, GroupTask, type SpawnOptions, type TaskOwner } from "./task.js";

/** The children of one group: those that run, and what those that failed failed with. */
export class TaskSet implements TaskOwner {
  readonly scope: CancelScope;
  readonly failures: Failures = new Failures();
  readonly #empty: WaitQueue;
  #running = 0;
  #spawned = 0;
  #burstMs: number | undefined;

  constructor(parent: CancelScope | undefined, owner: ScopeOwner) {
    this.scope = new CancelScope(parent, owner);
    this.#empty = new WaitQueue(`the children of ${owner.name}`);
  }

  get running(): number {
    return this.#running;
  }

  get spawned(): number {
    return this.#spawned;
  }

  start<T>(body: Body<T>, { name, shielded = false }: SpawnOptions): GroupTask<T> {
    const task = new GroupTask<T>(this, name ?? (body.name || undefined), shielded, this.#nowMs());
    this.#running += 1;
    this.#spawned += 1;
    task.start(body);
    return task;
  }

  /** Counts a failure, and cancels whatever still runs. */
  failed(error: unknown, who: string): void {
    this.failures.add(error);
    if (this.scope.cancelled) return; // a reason costs microseconds: one per cancel, not one per failure
    this.scope.cancel(new CancelledError(`cancelled because ${who} failed`, { cause: error }));
  }

  taskSettled(task: TaskInfo, error: unknown): void {
    if (task.state === "rejected") this.failed(error, `task "${task.name}"`);
    this.#running -= 1;
    if (this.#running === 0) this.#empty.wakeAll();
  }

  /** Waits, uncancellably, until no child runs. */
  async join(): Promise<void> {
    while (this.#running > 0) await this.#empty.wait();
  }

  /** Those that run now, oldest first. */
  *tasks(): Generator<GroupTask<unknown>, void, undefined> {
    for (const { owner } of this.scope.children) if (owner instanceof GroupTask) yield owner;
  }

  // Reading the clock costs a tenth of a spawn: children started in one synchronous stretch share a reading.
  #nowMs(): number {
    if (this.#burstMs === undefined) {
      this.#burstMs = Math.floor(host.nowMs());
      queueMicrotask(() => {
        this.#burstMs = undefined;
      });
    }
    return this.#burstMs;
  }
}
