import { hooks } from "../../core/index.js";
import type { AnyTask } from "../tasks/index.js";
import type { WorkerScope } from "./worker-scope.js";

/** Calls `task`, and says so to whoever wants to know what runs. */
export function callTask(task: AnyTask, input: unknown, scope: WorkerScope): unknown {
  hooks.bodyEntered?.(scope);
  try {
    return task(input, scope);
  } finally {
    hooks.bodyReturned?.(scope);
  }
}
