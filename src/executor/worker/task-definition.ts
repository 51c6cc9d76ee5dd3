import { ConcurrencyError } from "../../core/index.js";
import { forbidRequire, importModule, requireFirst } from "../module/index.js";
import {
  type AnyTask,
  compileTask,
  explainOutside,
  type TaskAddress,
  taskAt,
} from "../tasks/index.js";

/** A measured run in so many, once a task is known to be short: the clock costs as much as such a task. */
const MEASURE_EVERY = 16;
/** In tenths of a microsecond. */
const SHORT = 200;
const LONGEST = 2 ** 31 - 1;

/** A function that a worker was told of, and how long it takes here. */
export class TaskDefinition {
  readonly name: string;
  /** The function, once it has been loaded. */
  task: AnyTask | undefined;
  readonly #origin: TaskAddress | string;
  #loading: Promise<AnyTask> | undefined;
  #runs = 0;
  /** In tenths of a microsecond; -1 before the first measure. */
  #average = -1;

  constructor(name: string, origin: TaskAddress | string) {
    this.name = name;
    this.#origin = origin;
  }

  /** In tenths of a microsecond, as it is reported. */
  get average(): number {
    return this.#average;
  }

  get short(): boolean {
    return this.#average >= 0 && this.#average < SHORT;
  }

  /** True if the next run is to be measured. */
  wantsMeasure(): boolean {
    this.#runs += 1;
    return !this.short || this.#runs % MEASURE_EVERY === 0;
  }

  measured(elapsedMs: number): void {
    const tenths = Math.min(LONGEST, Math.round(elapsedMs * 10_000));
    if (this.#average < 0) this.#average = tenths;
    else {
      // A run during which the thread had to wait for a core looks a thousand times as long: one such
      // measure is not believed, several in a row are.
      const believed = Math.min(tenths, 4 * this.#average + SHORT);
      this.#average = Math.round(this.#average + (believed - this.#average) / 4);
    }
  }

  /** A module that fails to load fails those who wanted it, and is tried again for the next. */
  load(): Promise<AnyTask> {
    this.#loading ??= this.#load().then(
      (task) => (this.task = task),
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }

  /** What a failure of the task means, if it is about how the task was sent. */
  explain(error: unknown): unknown {
    return typeof this.#origin === "string"
      ? explainOutside(error, this.name, this.#origin)
      : error;
  }

  async #load(): Promise<AnyTask> {
    const origin = this.#origin;
    if (typeof origin === "string") {
      forbidRequire(); // it may register hooks
      return compileTask(origin, this.name);
    }
    const exports = requireFirst(origin.module) ?? (await importModule(origin.module));
    const task = origin.exported
      ? (exports as Record<string, AnyTask | undefined>)[origin.name]
      : taskAt(origin);
    if (task !== undefined) return task;
    throw new ConcurrencyError(
      "NO_SUCH_TASK",
      `${origin.module} was loaded and does not define the task "${origin.name}": call ` +
        `defineTasks(import.meta.url, { ... }) at the top level of the module`,
    );
  }
}
