import {
  CancelledError,
  CancelScope,
  hooks,
  onlyCancelled,
  type Scope,
  scopeOf,
  type TaskInfo,
  type Wait,
  WaitQueue,
} from "../core/index.js";

/** What runs in a scope and is joined by whoever started it. */
export type Body<T> = (scope: Scope) => T | PromiseLike<T>;

export type TaskState = "running" | "fulfilled" | "rejected" | "cancelled";

/**
 * A running or finished child of a task group. Awaiting it gives the body's value, or rejects with the
 * body's own error. A task that nobody awaits is never an unhandled rejection: its group reports it.
 */
export interface Task<T> extends PromiseLike<T> {
  readonly id: number;
  readonly name: string;
  readonly state: TaskState;
  /** Cancels the task's scope. False if the task has settled or its scope is cancelled already. */
  cancel(reason?: unknown): boolean;
  /**
   * Waits for the task, as `await task` does.
   *
   * Cancellation: ends this wait with the scope's reason; the task runs on.
   */
  result(options?: Wait): Promise<T>;
}

export interface SpawnOptions {
  /** For messages and traces; the body's own name by default. */
  readonly name?: string;
  /** True: a cancel of the group does not reach this task; the group waits for it all the same. */
  readonly shielded?: boolean;
}

/** Who started a task, and hears of its end in the same synchronous step. */
export interface TaskOwner {
  readonly scope: CancelScope;
  taskSettled(task: TaskInfo, error: unknown): void;
}

let lastId = 0;

/*  running ─── body returned ────────────────────────────▶ fulfilled
 *     │─────── body threw, and its scope is not cancelled ▶ rejected
 *     └─────── body threw only because it was cancelled ──▶ cancelled      (see onlyCancelled)
 */
export class GroupTask<T> implements Task<T>, TaskInfo {
  readonly id: number;
  readonly scope: CancelScope;
  /** On the host clock, in whole milliseconds: an integer needs no memory of its own. */
  readonly startedMs: number;
  readonly #owner: TaskOwner;
  #name: string | undefined;
  #state: TaskState = "running";
  /** The value if fulfilled; the error if rejected or cancelled. */
  #outcome: unknown;
  /** Made when the first caller waits; most tasks are only joined by their group. */
  #waiters: WaitQueue<T> | undefined;

  constructor(owner: TaskOwner, name: string | undefined, shielded: boolean, startedMs: number) {
    this.startedMs = startedMs;
    this.id = lastId += 1;
    this.#owner = owner;
    this.#name = name;
    this.scope = new CancelScope(owner.scope, this, shielded);
  }

  get name(): string {
    return (this.#name ??= `task ${this.id}`);
  }

  get state(): TaskState {
    return this.#state;
  }

  get parentId(): number | undefined {
    let scope = this.scope.parent;
    while (scope !== undefined && !(scope.owner instanceof GroupTask)) scope = scope.parent;
    return (scope?.owner as GroupTask<unknown> | undefined)?.id;
  }

  /** Calls the body at once, in the caller's turn. */
  start(body: Body<T>): void {
    hooks.taskStarted?.(this);
    let running: Promise<T>;
    try {
      running = Promise.resolve(body(this.scope));
    } catch (error) {
      this.#fail(error);
      return;
    }
    // Two closures and not an async method that awaits: it takes a third off the cost of a spawn.
    running.then(
      (value) => this.#settle("fulfilled", value),
      (error) => this.#fail(error),
    );
  }

  cancel(reason?: unknown): boolean {
    if (this.#state !== "running" || this.scope.cancelled) return false;
    return this.scope.cancel(reason ?? new CancelledError(`task "${this.name}" was cancelled`));
  }

  result(options?: Wait): Promise<T> {
    const settled = this.#settled(options);
    // The group reports the failure, so a result that is looked at late, or never, must not crash.
    settled.catch(ignore);
    return settled;
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#settled().then(onFulfilled, onRejected);
  }

  #settled(options?: Wait): Promise<T> {
    const scope = scopeOf(options);
    if (scope?.cancelled === true) return Promise.reject(scope.reason);
    if (this.#state === "fulfilled") return Promise.resolve(this.#outcome as T);
    if (this.#state !== "running") return Promise.reject(this.#outcome);
    this.#waiters ??= new WaitQueue<T>(`task "${this.name}"`);
    return this.#waiters.wait(scope);
  }

  #fail(error: unknown): void {
    this.#settle(onlyCancelled(error, this.scope) ? "cancelled" : "rejected", error);
  }

  #settle(state: TaskState, outcome: unknown): void {
    this.#state = state;
    this.#outcome = outcome;
    this.scope.end();
    hooks.taskSettled?.(this);
    if (state === "fulfilled") this.#waiters?.wakeAll(outcome as T);
    else this.#waiters?.failAll(outcome);
    this.#owner.taskSettled(this, outcome);
  }
}

function ignore(): void {}
