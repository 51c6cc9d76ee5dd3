import {
  CancelledError,
  type CancelScope,
  ConcurrencyError,
  host,
  label,
  onlyCancelled,
  requireFunction,
  ScopeFacade,
  scopeOf,
  type Wait,
} from "../core/index.js";
import type { GroupState, TaskGroupStats } from "./group-stats.js";
import { GroupScope } from "./group-scope.js";
import type { Body, SpawnOptions, Task } from "./task.js";

export interface TaskGroupOptions extends Wait {
  /** For messages and traces. A scope that stands for the options keeps its own name to itself. */
  readonly name?: string | undefined;
}

const BY_DEFAULT: SpawnOptions = {};

let runBody: <T>(group: TaskGroup, body: (group: TaskGroup) => T | PromiseLike<T>) => Promise<T>;

/**
 * Owns the tasks that it spawns: it settles only when every one of them has.
 *
 * When a task fails, the others are cancelled and joined, and the group fails with a `TaskGroupError`
 * that lists every real error. Prefer {@link withTaskGroup}. This form is for `await using`: leaving the
 * block without {@link join} cancels the children and joins them.
 *
 * @example
 * await using group = new TaskGroup({ name: "pings" });
 * group.spawn((scope) => sleep(5, scope));
 * await group.join();
 */
export class TaskGroup extends ScopeFacade implements AsyncDisposable {
  readonly name: string | undefined;
  readonly #label: string;
  readonly #scope: GroupScope;
  readonly #outer: CancelScope | undefined;
  /** True while the body of withTaskGroup runs: it may spawn, however few children run. */
  #held = false;
  #joined = false;

  constructor(options: TaskGroupOptions = {}) {
    const outer = scopeOf(options);
    const name = "cancelled" in options ? undefined : options.name;
    const what = label("task group", name);
    const scope = new GroupScope(outer, what);
    super(scope);
    this.name = name;
    this.#label = what;
    this.#scope = scope;
    this.#outer = outer;
  }

  /**
   * Starts `body` at once, as a child with a scope of its own.
   *
   * Errors: `CLOSED` if the group is cancelled, has failed or has settled; the body is not called then.
   */
  spawn<T>(body: Body<T>, options: SpawnOptions = BY_DEFAULT): Task<T> {
    requireFunction("body", body);
    if (this.cancelled || this.#closed) {
      throw new ConcurrencyError("CLOSED", `spawn() on ${this.#label}, which is ${this.#state}`);
    }
    return this.#scope.start(body, options);
  }

  /** Cancels all children that are not shielded. No failure: a group with no error still ends well. */
  cancel(reason: unknown = new CancelledError(`${this.#label} was cancelled`)): void {
    this.#scope.cancel(reason);
  }

  /**
   * Waits until every child has settled, and closes the group. In {@link withTaskGroup} the body may
   * call it too: there the group stays open until the body returns.
   *
   * Cancellation: none of its own; a cancel of the group or from outside reaches the children.
   * Errors: a `TaskGroupError` if a child failed, else the reason of a cancel from outside.
   */
  join(): Promise<void> {
    this.#joined = true;
    const joined = this.#settle();
    if (this.#held) joined.catch(() => {}); // withTaskGroup reports it, whether or not the body looks
    return joined;
  }

  /**
   * Cancels and joins what still runs.
   *
   * Cancellation: none of its own; a cancel from outside reaches the children, and is no error here.
   * Errors: a `TaskGroupError` if a child failed and no {@link join} was there to throw it.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    const joinedBefore = this.#joined;
    if (this.#scope.running > 0) this.cancel(new CancelledError(`${this.#label} was left`));
    this.#joined = true;
    await this.#scope.join();
    this.#endIfClosed();
    if (!joinedBefore) this.#scope.failures.throwIfAny(this.#label);
  }

  /** A snapshot; whoever hangs a join is in `tasks`. */
  stats(): TaskGroupStats {
    const { running, spawned, failures } = this.#scope;
    const nowMs = host.nowMs();
    const tasks = this.#scope.tasks().map(({ id, name, cancelled, startedMs }) => ({
      id,
      name,
      cancelled,
      runningForMs: nowMs - startedMs,
    }));
    return { state: this.#state, running, spawned, failed: failures.count, tasks };
  }

  get #closed(): boolean {
    return this.#joined && !this.#held && this.#scope.running === 0;
  }

  get #state(): GroupState {
    if (this.#closed) return "closed";
    return this.cancelled ? "cancelling" : "open";
  }

  #endIfClosed(): void {
    if (this.#closed) this.#scope.end();
  }

  async #settle(): Promise<void> {
    await this.#scope.join();
    this.#endIfClosed();
    this.#scope.failures.throwIfAny(this.#label);
    if (this.#outer?.cancelled) throw this.#outer.reason;
  }

  static {
    runBody = async <T>(group: TaskGroup, body: (group: TaskGroup) => T | PromiseLike<T>) => {
      const scope = group.#scope;
      group.#held = true;
      let value!: T;
      let bodyCancelled = false;
      try {
        value = await body(group);
      } catch (error) {
        bodyCancelled = onlyCancelled(error, scope);
        const fromJoin = scope.failures.made(error);
        if (!bodyCancelled && !fromJoin) scope.failed(error, `the body of ${group.#label}`);
      }
      group.#held = false;
      await group.join();
      if (bodyCancelled) throw scope.reason;
      return value;
    };
  }
}

/**
 * Runs `body` with a group of tasks, and settles when body and tasks all have: nothing is left running.
 *
 * Gives the body's value. If the body or a task fails, the rest is cancelled and joined first.
 *
 * Cancellation: `signal` cancels the body's and the children's scopes; then it rejects with its reason,
 * whatever they returned. A signal that is aborted already rejects without calling `body`.
 * Errors: `TaskGroupError` with every real error in the order of settling, root cause first.
 *
 * @example
 * const total = await withTaskGroup(async (group) => {
 *   const left = group.spawn(async () => 1);
 *   const right = group.spawn(async () => 2);
 *   return (await left) + (await right);
 * });
 */
export function withTaskGroup<T>(
  body: (group: TaskGroup) => T | PromiseLike<T>,
  options: TaskGroupOptions = {},
): Promise<T> {
  requireFunction("body", body);
  const outer = scopeOf(options);
  if (outer?.cancelled) return Promise.reject(outer.reason);
  return runBody(new TaskGroup(options), body);
}
