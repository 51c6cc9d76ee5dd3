import { requireThat } from "./check.js";
import type { Scope } from "./scope.js";

/** A wait that has not ended. The same object begins and ends it. */
export interface WaitInfo {
  /** What is waited for, e.g. `sleep`, `lock "accounts"`. */
  readonly on: string;
  /** The scope that can cancel it, if the caller passed one. */
  readonly scope: Scope | undefined;
}

/** A task of a task group. */
export interface TaskInfo {
  readonly id: number;
  readonly name: string;
  readonly state: "running" | "fulfilled" | "rejected" | "cancelled";
  /** The task in whose scope this one's group stands, if any. */
  readonly parentId: number | undefined;
}

/** What primitives report. All are called synchronously, must be quick, and change nothing. */
export interface Hooks {
  /** Its body is called now, in the turn of whoever spawned it. */
  taskStarted?(task: TaskInfo): void;
  /** Its body has returned, or waits for the first time: whoever spawned it goes on. */
  taskEntered?(task: TaskInfo): void;
  taskSettled?(task: TaskInfo): void;
  waitBegan?(wait: WaitInfo): void;
  waitEnded?(wait: WaitInfo): void;
}

const nobody: Hooks = Object.freeze({});
const listeners = new Set<Hooks>();

/**
 * Where primitives report: `hooks.waitBegan?.(wait)`. While nobody listens it has no methods, so a
 * report costs one property read and its arguments are never built.
 */
export let hooks: Hooks = nobody;

/** Adds a listener until the returned value is disposed. */
export function listen(listener: Hooks): Disposable {
  requireThat(typeof listener === "object" && listener !== null, "listener", "an object", listener);
  listeners.add(listener);
  hooks = joined();
  return {
    [Symbol.dispose]() {
      listeners.delete(listener);
      hooks = joined();
    },
  };
}

function joined(): Hooks {
  const all: Hooks = {};
  for (const event of [
    "taskStarted",
    "taskEntered",
    "taskSettled",
    "waitBegan",
    "waitEnded",
  ] as const) {
    const heard = [...listeners].filter((listener) => listener[event] !== undefined);
    if (heard.length === 0) continue;
    all[event] = (info: TaskInfo & WaitInfo): void => {
      for (const listener of heard) listener[event]?.(info);
    };
  }
  return listeners.size === 0 ? nobody : all;
}
