import type * as inspector from "node:inspector";
import { createRequire } from "node:module";
import { PerformanceObserver } from "node:perf_hooks";
import { every, nowMs } from "./clock.js";
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
  readonly words: LoopWords;
  readonly #parts: Disposable[];

  constructor(setting: WatchSetting, thread: number) {
    const { memory, thresholdMs, beatMs, tasks } = setting;
    const { stringify } = JSON; // not the one that is wrapped below: an answer is no call of the program
    const words = new LoopWords(memory, thread);
    const running = tasks ? new RunningTask() : undefined;
    const calls = new OpaqueCalls(words, () => running?.now);
    this.words = words;
    words.begin(thread);
    let lastMs = nowMs();
    const beating = every(beatMs, () => {
      const beatAtMs = nowMs();
      words.beat(beatAtMs - lastMs - beatMs, thresholdMs, inspectorUrl() !== undefined);
      lastMs = beatAtMs;
    });
    const answer = (): string => {
      const { last, open, openSince } = calls;
      return stringify({ last, open, openSince, task: running?.now } satisfies Answer);
    };
    Object.assign(globalThis, { [ANSWER]: answer });
    this.#parts = [beating, calls, ...(running ? [running] : []), observeGc(words)];
  }

  [Symbol.dispose](): void {
    this.words.end();
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

function observeGc(words: LoopWords): Disposable {
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) words.addGc(duration);
  });
  observer.observe({ entryTypes: ["gc"] });
  return { [Symbol.dispose]: () => observer.disconnect() };
}
