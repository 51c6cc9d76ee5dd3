import { sleep } from "weftwork";
import {
  type SubmitOptions,
  type Task,
  type TaskFunction,
  WorkerLostError,
} from "weftwork/executor";
import type { Pool } from "./pools.js";

/** Waits for what can only be looked at. Rejects after ten seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let looks = 0; !holds(); looks += 1) {
    if (looks > 2000) throw new Error(`not within ten seconds: ${holds.toString()}`);
    await sleep(5);
  }
}

/** Submits a task, and waits for its first report. */
export async function running<I, O>(
  pool: Pool,
  task: TaskFunction<I, O>,
  input: I,
  options: SubmitOptions = {},
): Promise<{ task: Task<Awaited<O>>; news: unknown }> {
  let submitted: Task<Awaited<O>> | undefined;
  const news = await new Promise((resolve, reject) => {
    submitted = pool.submit(task, input, { ...options, onProgress: resolve });
    submitted.result().catch(reject);
  });
  return { task: submitted as Task<Awaited<O>>, news };
}

/** What came of a task, in a shape that can be compared. */
export async function settled(task: PromiseLike<unknown>): Promise<unknown> {
  try {
    return await task;
  } catch (error) {
    return (error as { code?: string } | undefined)?.code ?? error;
  }
}

/** The error of a task whose worker died. */
export async function lost(task: PromiseLike<unknown>): Promise<WorkerLostError> {
  const error = await task.then(
    () => "a value",
    (error: unknown) => error,
  );
  if (error instanceof WorkerLostError) return error;
  throw new Error("the task should have lost its worker", { cause: error });
}

/** True while there is such a process, and it is no zombie that nobody has waited for. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
