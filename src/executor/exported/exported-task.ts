import { importModule } from "../module/index.js";
import { addressExport, type AnyTask } from "../tasks/index.js";

/**
 * Loads the module at a `file:` URL here, TypeScript too, and gives what it exports as `name`. If that is
 * a function, workers find it as that export: its module needs no `defineTasks`.
 *
 * Errors: those of loading the module.
 */
export async function exportedTask(moduleUrl: string, name: string): Promise<unknown> {
  const exports = (await importModule(moduleUrl)) as Record<string, unknown>;
  const task = exports[name];
  if (typeof task === "function") addressExport(task as AnyTask, moduleUrl, name);
  return task;
}
