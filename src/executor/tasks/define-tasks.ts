import { requireThat } from "../../core/index.js";
import type { TaskScope } from "../../task/index.js";
import type { CheckedTasks } from "./crossing.js";

/** Where a worker finds a function: in the module that defines it, under its name there. */
export interface TaskAddress {
  readonly module: string;
  readonly name: string;
  /** True if the module exports it under that name, and no `defineTasks` need know it. */
  readonly exported?: boolean;
}

// oxlint-disable-next-line typescript/no-explicit-any -- inputs and outputs of any kind
export type AnyTask = (input: any, scope: TaskScope) => unknown;

const addresses = new WeakMap<object, TaskAddress>();
const modules = new Map<string, Map<string, AnyTask>>();

/**
 * Names functions so that workers can find them: each worker imports the module at `moduleUrl` and takes
 * them from there. The functions stay what they are; call them as before, or give them to an executor.
 *
 * The module is loaded once in each worker, with all that it imports, so keep it apart from the code that
 * starts your program. What it does at load time, each worker does.
 *
 * Errors: a TypeError if something is no function, or if the module has given the name to another one.
 *
 * @example no-run: a worker imports the module, so it has to be a file
 * // tasks.ts
 * import { defineTasks } from "weftwork/tasks";
 * export const tasks = defineTasks(import.meta.url, {
 *   fib: (n: number): number => (n < 2 ? n : tasks.fib(n - 1) + tasks.fib(n - 2)),
 * });
 */
export function defineTasks<T extends Record<string, AnyTask>>(
  moduleUrl: string,
  tasks: T & CheckedTasks<T>,
): T {
  const isUrl = typeof moduleUrl === "string" && URL.canParse(moduleUrl);
  requireThat(isUrl, "moduleUrl", "import.meta.url", moduleUrl);
  requireThat(
    typeof tasks === "object" && tasks !== null,
    "tasks",
    "an object of functions",
    tasks,
  );
  const named = namesOf(moduleUrl);
  for (const [name, task] of Object.entries<AnyTask>(tasks)) {
    requireThat(typeof task === "function", `tasks.${name}`, "a function", task);
    const other = named.get(name);
    const isFree = other === undefined || other === task;
    requireThat(isFree, `tasks.${name}`, "a name that this module has not given yet", name);
    named.set(name, task);
    if (!addresses.has(task)) addresses.set(task, { module: moduleUrl, name });
  }
  return tasks;
}

/** Lets workers find `task` as an export of its module. */
export function addressExport(task: AnyTask, module: string, name: string): void {
  if (!addresses.has(task)) addresses.set(task, { module, name, exported: true });
}

/** How to find `task`, if a module defined it. */
export function addressOf(task: object): TaskAddress | undefined {
  return addresses.get(task);
}

/** The function at `address`, if its module has been loaded here and defines it. */
export function taskAt({ module, name }: TaskAddress): AnyTask | undefined {
  return modules.get(module)?.get(name);
}

/** The modules that have named tasks here, and the tasks of each. */
export function definedTasks(): ReadonlyMap<string, ReadonlyMap<string, AnyTask>> {
  return modules;
}

function namesOf(moduleUrl: string): Map<string, AnyTask> {
  const known = modules.get(moduleUrl);
  if (known !== undefined) return known;
  const names = new Map<string, AnyTask>();
  modules.set(moduleUrl, names);
  return names;
}
