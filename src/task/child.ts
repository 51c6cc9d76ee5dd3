import {
  CancelledError,
  CancelScope,
  gate,
  hooks,
  onlyCancelled,
  scopeOf,
  type TaskInfo,
  type Wait,
  WaitQueue,
} from "../core/index.js";
import type { Body, Task, TaskState } from "./task.js";

/** The scope of a group, which hears of a child's end in the same synchronous step. */
export interface ParentScope extends CancelScope {
  childSettled(child: TaskInfo, error: unknown): void;
}

let lastId = 0;

/*  running ─── body returned ────────────────────────────▶ fulfilled
 *     │─────── body threw, and its scope is not cancelled ▶ rejected
 *     └─────── body threw only because it was cancelled ──▶ cancelled      (see onlyCancelled)
 */

/**
 * A child of a group: the scope of its body, and what became of it. One object and not two, and a handle
 * for users apart ({@link ChildTask}) that most of them drop at once: of a million live children it is the
 * memory that takes the time.
 */
export class Child<T> extends CancelScope implements TaskInfo {
  readonly id: number;
  /** On the host clock, in whole milliseconds: an integer needs no memory of its own. */
  readonly startedMs: number;
  readonly #name: string | undefined;
  #state: TaskState = "running";
  /** The value if fulfilled; the error if rejected or cancelled. */
  #outcome: unknown;
  /** Made when the first caller waits; most children are only joined by their group. */
  #waiters: WaitQueue<T> | undefined;

  constructor(parent: ParentScope, name: string | undefined, shielded: boolean, startedMs: number) {
    super(parent, shielded);
    this.id = lastId += 1;
    this.startedMs = startedMs;
    this.#name = name;
  }

  override get name(): string {
    return this.#name ?? `task ${this.id}`;
  }

  get state(): TaskState {
    return this.#state;
  }

  get parentId(): number | undefined {
    let scope = this.parent;
    while (scope !== undefined && !(scope instanceof Child)) scope = scope.parent;
    return scope?.id;
  }

  /** Calls the body at once, in the caller's turn. */
  start(body: Body<T>): void {
    hooks.taskStarted?.(this);
    let running: Promise<T>;
    try {
      running = Promise.resolve(body(this));
    } catch (error) {
      this.#fail(error);
      return;
    } finally {
      hooks.taskEntered?.(this);
    }
    // Not an async method that awaits, nor two arrow functions: bound methods take the least memory.
    // The built-in `then`, as `await` takes it: one of the promise's own could call back twice, or never.
    void Promise.prototype.then.call(running, this.#fulfil.bind(this), this.#fail.bind(this));
  }

  /** Gives the value, or throws the error, when there is one. */
  settled(options?: Wait): Promise<T> {
    const scope = scopeOf(options);
    if (scope?.cancelled) return Promise.reject(scope.reason);
    if (this.#state === "fulfilled") return gate(Promise.resolve(this.#outcome as T), this);
    if (this.#state !== "running") return gate(Promise.reject(this.#outcome), this);
    this.#waiters ??= new WaitQueue<T>(`task "${this.name}"`);
    return this.#waiters.wait(scope);
  }

  #fulfil(value: T): void {
    this.#settle("fulfilled", value);
    this.#waiters?.wakeAll(value);
  }

  #fail(error: unknown): void {
    this.#settle(onlyCancelled(error, this) ? "cancelled" : "rejected", error);
    this.#waiters?.failAll(error);
  }

  #settle(state: TaskState, outcome: unknown): void {
    this.#state = state;
    this.#outcome = outcome;
    this.end();
    hooks.taskSettled?.(this);
    (this.parent as ParentScope).childSettled(this, outcome);
  }
}

/** What the user of a group holds of a child. */
export class ChildTask<T> implements Task<T> {
  readonly #child: Child<T>;

  constructor(child: Child<T>) {
    this.#child = child;
  }

  get id(): number {
    return this.#child.id;
  }

  get name(): string {
    return this.#child.name;
  }

  get state(): TaskState {
    return this.#child.state;
  }

  cancel(reason: unknown = new CancelledError(`task "${this.name}" was cancelled`)): boolean {
    return this.state === "running" && this.#child.cancel(reason);
  }

  result(options?: Wait): Promise<T> {
    const settled = this.#child.settled(options);
    // The group reports the failure, so a result that is looked at late, or never, must not crash.
    settled.catch(ignore);
    return settled;
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#child.settled().then(onFulfilled, onRejected);
  }
}

function ignore(): void {}
