import { AsyncLocalStorage } from "node:async_hooks";
import { listen, type RunInfo } from "../core/index.js";
import { callerFrames, ofNode, ofWeftwork, type StallFrame } from "./frame.js";

/** Which task of a group, or of an executor's worker, was running. */
export interface StalledTask {
  readonly id: number;
  readonly name: string;
  /** Who spawned it; the first frame outside weftwork and Node. Undefined in a worker. */
  readonly spawnedAt: StallFrame | undefined;
}

const FRAMES = 12;

/**
 * Knows which task is running now. It follows a task over its awaits, which no list of tasks could: many are
 * open on one loop, and only the platform's context says which of them was resumed.
 */
export class RunningTask implements Disposable {
  readonly #storage = new AsyncLocalStorage<StalledTask | undefined>();
  /** What was running when the bodies that are on the stack now were entered. */
  readonly #outer: (StalledTask | undefined)[] = [];
  readonly #listening: Disposable;

  constructor() {
    const enter = (run: RunInfo): void => this.#enter(run, enter);
    this.#listening = listen({
      bodyEntered: enter,
      bodyReturned: () => this.#leave(),
    });
  }

  get now(): StalledTask | undefined {
    return this.#storage.getStore();
  }

  #enter({ id, name }: RunInfo, below: (run: RunInfo) => void): void {
    this.#outer.push(this.#storage.getStore());
    const frames = callerFrames(below, FRAMES);
    const spawnedAt = frames.find((frame) => !ofNode(frame) && !ofWeftwork(frame));
    this.#storage.enterWith({ id, name, spawnedAt });
  }

  #leave(): void {
    if (this.#outer.length > 0) this.#storage.enterWith(this.#outer.pop());
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
    this.#storage.disable();
  }
}
