import * as childProcess from "node:child_process";
import * as crypto from "node:crypto";
import * as fs from "node:fs";
import { createRequire, syncBuiltinESMExports } from "node:module";
import * as zlib from "node:zlib";
import { callerFrames, type SeenFrame } from "./frame.js";
import type { StalledTask } from "./running-task.js";
import type { LoopWords } from "./words.js";

/** A call into native code during which the watchdog asked. */
export interface OpaqueCall {
  readonly question: number;
  /** Such as `JSON.parse`. */
  readonly call: string;
  /** Who called, the caller first. */
  readonly frames: readonly SeenFrame[];
  readonly task: StalledTask | undefined;
}

/** The call that was open before. */
type Entered = Pick<OpaqueCalls, "open" | "openSince">;

type Callable = (this: unknown, ...args: unknown[]) => unknown;

const FRAMES = 32;

/**
 * Native calls that answer no question while they run. The watchdog's pause takes effect at the next check
 * that JavaScript makes, and by then they may have returned, and so may have their caller: the stack that is
 * seen is that of whatever came next, an innocent. So these calls are wrapped while the loop is watched, and
 * see for themselves whether they were asked: the word that they compare costs a nanosecond.
 */
export class OpaqueCalls implements Disposable {
  /** The last call that was asked. */
  last: OpaqueCall | undefined;
  /** The innermost call that has not returned, and the last question before it. */
  open = "";
  openSince = 0;
  readonly #words: LoopWords;
  readonly #runningTask: () => StalledTask | undefined;
  readonly #undo: (() => void)[] = [];

  constructor(words: LoopWords, runningTask: () => StalledTask | undefined) {
    this.#words = words;
    this.#runningTask = runningTask;
    const own = createRequire(import.meta.url); // the namespace of an import can't be written to
    const modules = { child_process: childProcess, crypto, fs, zlib };
    for (const [name, module] of Object.entries(modules)) {
      const methods = Object.keys(module).filter((key) => key.endsWith("Sync"));
      this.#wrapAll(name, own(`node:${name}`) as Record<string, unknown>, methods);
    }
    this.#wrapAll("JSON", JSON as unknown as Record<string, unknown>, ["parse", "stringify"]);
    this.#wrapAll("", globalThis, ["structuredClone"]);
    syncBuiltinESMExports();
  }

  [Symbol.dispose](): void {
    for (const undo of this.#undo) undo();
    syncBuiltinESMExports();
  }

  #wrapAll(name: string, owner: Record<string, unknown>, methods: string[]): void {
    for (const method of methods) {
      const original = owner[method];
      const { writable } = Object.getOwnPropertyDescriptor(owner, method) ?? {};
      if (typeof original !== "function" || writable !== true) continue;
      const wrapped = this.#wrap(name === "" ? method : `${name}.${method}`, original as Callable);
      owner[method] = wrapped;
      this.#undo.push(() => {
        if (owner[method] === wrapped) owner[method] = original; // somebody may have wrapped it again
      });
    }
  }

  #wrap(call: string, original: Callable): Callable {
    const enter = (): Entered => this.#enter(call);
    const leave = (entered: Entered): void => this.#leave(entered, call, wrapped);
    const wrapped: Callable = function (...args) {
      const entered = enter();
      try {
        return Reflect.apply(original, this, args);
      } finally {
        leave(entered);
      }
    };
    return Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original));
  }

  #enter(call: string): Entered {
    const entered = { open: this.open, openSince: this.openSince };
    this.open = call;
    this.openSince = this.#words.asked;
    return entered;
  }

  #leave({ open, openSince }: Entered, call: string, below: Callable): void {
    const question = this.#words.asked;
    if (question !== this.openSince) {
      const frames = callerFrames(below, FRAMES); // paused before this it is still open
      this.last = { question, call, frames, task: this.#runningTask() };
    }
    this.open = open;
    this.openSince = openSince;
  }
}
