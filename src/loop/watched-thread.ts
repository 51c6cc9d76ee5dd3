import type * as inspector from "node:inspector";
import { createRequire } from "node:module";
import { every, nowMs } from "./clock.js";
import { GcTimes } from "./gc-times.js";
import { OpaqueCalls } from "./opaque-calls.js";
import { RunningTask } from "./running-task.js";
import { LoopWords } from "./words.js";

/** What all threads of a watch have in common. */
export interface WatchSetting {
  readonly memory: SharedArrayBuffer;
  readonly thresholdMs: number;
  readonly beatMs: number;
  readonly tasks: boolean;
}

/** The watchdog evaluates this while the thread is paused. */
const ANSWER: unique symbol = Symbol.for("weftwork.loop.answer") as never;
export const QUESTION = 'globalThis[Symbol.for("weftwork.loop.answer")]?.()';

/** What is said then, as JSON. */
export type Answer = Pick<OpaqueCalls, "last" | "open" | "openSince"> & {
  readonly task: RunningTask["now"];
};

/** The side of a watch that runs in the thread that is watched: it beats, and knows what runs. */
export class WatchedThread implements Disposable {
  readonly #words: LoopWords;
  readonly #setting: WatchSetting;
  readonly #parts: Disposable[];
  readonly #gc: GcTimes;
  #lastMs = nowMs();

  constructor(setting: WatchSetting, thread: number) {
    const { memory, beatMs, tasks } = setting;
    const { stringify } = JSON; // not the one that is wrapped below: an answer is no call of the program
    const words = new LoopWords(memory, thread);
    const running = tasks ? new RunningTask() : undefined;
    const calls = new OpaqueCalls(words, () => running?.now);
    this.#words = words;
    this.#setting = setting;
    words.begin(thread);
    const beating = every(beatMs, () => this.beat());
    const answer = (): string => {
      const { last, open, openSince } = calls;
      return stringify({ last, open, openSince, task: running?.now } satisfies Answer);
    };
    Object.assign(globalThis, { [ANSWER]: answer });
    this.#gc = new GcTimes((ms) => words.setGc(ms));
    this.#parts = [beating, calls, ...(running ? [running] : []), this.#gc];
  }

  /** Tells that the loop turns, or that this is the end of what kept it. */
  beat(): void {
    const { thresholdMs, beatMs } = this.#setting;
    const beatAtMs = nowMs();
    const lateMs = beatAtMs - this.#lastMs - beatMs;
    this.#words.beat(lateMs, thresholdMs, inspectorUrl() !== undefined);
    if (lateMs >= thresholdMs) this.#gc.stalled(beatAtMs - lateMs, beatAtMs);
    this.#lastMs = beatAtMs;
  }

  [Symbol.dispose](): void {
    this.#words.end();
    for (const part of this.#parts) part[Symbol.dispose]();
    delete (globalThis as { [ANSWER]?: unknown })[ANSWER];
  }
}

/** Where a debugger can attach, if somebody has opened a port. Node may have been built without. */
const inspectorUrl: () => string | undefined = ((): (() => string | undefined) => {
  try {
    const require = createRequire(import.meta.url);
    return (require("node:inspector") as typeof inspector).url;
  } catch {
    return () => undefined;
  }
})();
