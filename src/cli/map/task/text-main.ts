import { scopeOf } from "../../../core/index.js";
import { importModule } from "../../../executor/module/index.js";
import { defineTasks, taskAt } from "../../../executor/tasks/index.js";
import type { TaskScope } from "../../../task/index.js";
import { CallScope } from "./call-scope.js";
import { decoderOf } from "./decode.js";
import { outputsOf } from "./outputs.js";
import type { TextPlan, TextTasks } from "./text-tasks.js";

/** What a worker of a map loads. Its address has the plan; see `textTasks`. */

const plan = JSON.parse(new URL(import.meta.url).searchParams.get("plan")!) as TextPlan;
const exports = (await importModule(plan.module)) as Record<string, unknown>;
const named = taskAt({ module: plan.module, name: plan.name });
const fn = (named ?? exports[plan.name]) as (input: unknown, scope: TaskScope) => unknown;
const decode = decoderOf(plan.decoding);

function first(text: string, scope: TaskScope): string | Promise<string> {
  const input = decode(text);
  return outputsOf(fn(input, scope), plan.withInput ? { input } : undefined);
}

function again(
  { text, attempt }: { text: string; attempt: number },
  scope: TaskScope,
): string | Promise<string> {
  return first(text, new CallScope(scopeOf(scope)!, attempt, (progress) => scope.report(progress)));
}

/** Where this runs, the function has been loaded. */
function load(): void {}

// For messages, which name the task that was lost or timed out.
for (const task of [first, again]) Object.defineProperty(task, "name", { value: plan.name });

export const tasks: TextTasks = defineTasks(import.meta.url, { first, again, load });
