import type { ThreadExecutorOptions } from "../../executor/index.js";
import { ThreadPlace } from "./thread-place.js";

/** The pools of an executor, by their tasks per worker: one for what computes, some for what waits in between. */
export class ThreadPlaces {
  readonly #options: ThreadExecutorOptions & { workers: number };
  readonly #places = new Map<number, ThreadPlace>();

  constructor(options: ThreadExecutorOptions & { workers: number }) {
    this.#options = options;
  }

  get running(): number {
    let running = 0;
    for (const place of this.#places.values()) running += place.running;
    return running;
  }

  get workers(): number {
    let workers = 0;
    for (const { pool } of this.#places.values()) workers += pool.stats().workers;
    return workers;
  }

  with(tasksPerWorker: number): ThreadPlace {
    let place = this.#places.get(tasksPerWorker);
    if (place === undefined) {
      place = new ThreadPlace({ ...this.#options, tasksPerWorker });
      this.#places.set(tasksPerWorker, place);
    }
    return place;
  }

  async close(options: { cancelWaiting?: boolean } = {}): Promise<void> {
    await Promise.all([...this.#places.values()].map(({ pool }) => pool.close(options)));
  }
}
