import { ConcurrencyError } from "../../../core/index.js";
import { importModule } from "../../module/index.js";
import { addressOf, type AnyTask, definedTasks } from "../../tasks/index.js";

/** Finds tasks whose names no module gives; `moduleOf` tells which module defines a task. */
export type ResolveTask = (
  name: string,
  moduleOf: (task: string) => string | undefined,
) => Promise<AnyTask | undefined>;

/**
 * The tasks of this host, by name. They are what its own modules registered, and nothing else can be run: a
 * name in a parcel is looked up here, and is never the address of anything.
 */
export class TaskBook {
  readonly #tasks = new Map<string, AnyTask>();
  readonly #from = new Map<string, string>();
  readonly #resolve: ResolveTask;

  private constructor(resolve: ResolveTask) {
    this.#resolve = resolve;
  }

  /**
   * Loads the modules here, to learn what they define; the workers load them again.
   *
   * Errors: those of loading them; a TypeError if one defines nothing, or two define the same name.
   */
  static async load(modules: readonly string[], resolve: ResolveTask): Promise<TaskBook> {
    const book = new TaskBook(resolve);
    for (const module of modules) {
      const before = new Set(definedTasks().keys());
      const shown = urlsIn(await importModule(module));
      const defined = [...definedTasks()].filter(([url]) => !before.has(url) || shown.has(url));
      book.#add(module, defined);
    }
    return book;
  }

  get names(): string[] {
    return [...this.#tasks.keys()];
  }

  /** Throws `NO_SUCH_TASK` if there is none. */
  async find(name: string): Promise<AnyTask> {
    const task =
      this.#tasks.get(name) ?? (await this.#resolve(name, (task) => this.#from.get(task)));
    if (task !== undefined) return task;
    const known = this.names.slice(0, 20).join(", ") || "none";
    throw new ConcurrencyError(
      "NO_SUCH_TASK",
      `this host has no task "${name}"; it has ${known}: start it with the modules that define it`,
    );
  }

  #add(module: string, defined: readonly [string, ReadonlyMap<string, AnyTask>][]): void {
    if (defined.length === 0)
      throw new TypeError(
        `${module} was loaded and defines no task: it is to call defineTasks(import.meta.url, { ... })`,
      );
    for (const [url, tasks] of defined)
      for (const [name, task] of tasks) this.#enter(name, task, url);
  }

  #enter(name: string, task: AnyTask, url: string): void {
    const other = this.#from.get(name);
    if (other !== undefined && other !== url)
      throw new TypeError(`${url} and ${other} both define a task "${name}": rename one`);
    this.#tasks.set(name, task);
    this.#from.set(name, url);
  }
}

/** The modules whose tasks a module exports, as functions or in objects: it may have been loaded long before. */
function urlsIn(exports: unknown): Set<string> {
  const urls = new Set<string>();
  const look = (value: unknown): void => {
    const url = typeof value === "function" ? addressOf(value)?.module : undefined;
    if (url !== undefined) urls.add(url);
  };
  for (const value of Object.values(exports as object)) {
    look(value);
    if (typeof value === "object" && value !== null) Object.values(value as object).forEach(look);
  }
  return urls;
}
