import {
  CancelledError,
  type CancelScope,
  NamedScope,
  Failures,
  host,
  type TaskInfo,
  WaitQueue,
} from "../core/index.js";
import { Child, ChildTask, type ParentScope } from "./child.js";
import type { Body, SpawnOptions, Task } from "./task.js";

/** The scope of one group, with its children: those that run, and what those that failed failed with. */
export class GroupScope extends NamedScope implements ParentScope {
  readonly failures: Failures = new Failures();
  readonly #empty: WaitQueue;
  running = 0;
  spawned = 0;
  #burstMs: number | undefined;

  constructor(outer: CancelScope | undefined, name: string) {
    super(outer, name);
    this.#empty = new WaitQueue(`the children of ${name}`);
  }

  start<T>(body: Body<T>, { name, shielded = false }: SpawnOptions): Task<T> {
    const child = new Child<T>(this, name ?? (body.name || undefined), shielded, this.#clockMs());
    this.running += 1;
    this.spawned += 1;
    child.start(body);
    return new ChildTask(child);
  }

  /** Counts a failure, and cancels whatever still runs. */
  failed(error: unknown, who: string): void {
    this.failures.add(error);
    if (this.cancelled) return; // a reason costs microseconds: one per cancel, not one per failure
    this.cancel(new CancelledError(`cancelled because ${who} failed`, { cause: error }));
  }

  childSettled(child: TaskInfo, error: unknown): void {
    if (child.state === "rejected") this.failed(error, `task "${child.name}"`);
    this.running -= 1;
    if (this.running === 0) this.#empty.wakeAll();
  }

  /** Waits, uncancellably, until no child runs. */
  async join(): Promise<void> {
    while (this.running > 0) await this.#empty.wait();
  }

  /** The children that run now, oldest first. */
  tasks(): Child<unknown>[] {
    return this.children.filter((scope) => scope instanceof Child);
  }

  // Reading the clock costs a tenth of a spawn: children started in one synchronous stretch share a reading.
  #clockMs(): number {
    if (this.#burstMs === undefined) {
      this.#burstMs = Math.floor(host.nowMs());
      queueMicrotask(() => {
        this.#burstMs = undefined;
      });
    }
    return this.#burstMs;
  }
}
