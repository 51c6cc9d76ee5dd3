import { workerFile } from "../../../executor/pool/index.js";
import type { TaskScope } from "../../../task/index.js";
import type { Decoding } from "../input/index.js";

/** What a worker must know of a map. */
export interface TextPlan {
  readonly module: string;
  readonly name: string;
  readonly decoding: Decoding;
  /** True: an output stands beside its input. */
  readonly withInput: boolean;
}

/** The tasks that `text-main.ts` defines. */
export interface TextTasks {
  /** The outputs for the input with this text: a line of JSON each. */
  readonly first: (text: string, scope: TaskScope) => string | Promise<string>;
  /** The same for an input that has failed before. */
  readonly again: (
    call: { text: string; attempt: number },
    scope: TaskScope,
  ) => string | Promise<string>;
  /** Initializes a worker: no call's time limit is spent on loading the function. */
  readonly load: () => void;
}

/**
 * Loads the tasks for a plan. The plan stands in the address of their module, which is what workers load
 * them by: so nothing needs to be told to a worker before, or sent with every input.
 */
export async function textTasks(plan: TextPlan): Promise<TextTasks> {
  const url = workerFile("dist/cli/map/task/text-main.js");
  url.searchParams.set("plan", JSON.stringify(plan));
  return ((await import(url.href)) as { tasks: TextTasks }).tasks;
}
