import { type AnyTask, ChunkFailure, requireOneOutput } from "../tasks/index.js";
import { callTask } from "./call-task.js";
import { isThenable } from "./is-thenable.js";
import type { WorkerScope } from "./worker-scope.js";

/** Inputs between two looks at whether the chunk is cancelled: in a process it is a system call. */
const INPUTS_PER_LOOK = 16;

/**
 * Runs `task` for one input after the other, each in a scope of its own. `waits` is told of the scope of a
 * run that takes several turns. Throws a {@link ChunkFailure}, with which the chunk ends.
 */
export async function runChunk(
  task: AnyTask,
  inputs: readonly unknown[],
  newScope: (place: number) => WorkerScope,
  waits: (scope: WorkerScope) => void,
): Promise<unknown[]> {
  const outputs: unknown[] = [];
  try {
    for (const input of inputs) {
      const scope = newScope(outputs.length);
      if (outputs.length % INPUTS_PER_LOOK === 0) scope.throwIfCancelled();
      const outcome = callTask(task, input, scope);
      if (isThenable(outcome)) {
        waits(scope);
        outputs.push(requireOneOutput(await outcome));
        scope.throwIfCancelled(); // before the next one starts
      } else outputs.push(requireOneOutput(outcome));
    }
  } catch (error) {
    throw new ChunkFailure(error, outputs);
  }
  return outputs;
}
