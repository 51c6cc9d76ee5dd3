import { callOnCluster } from "../../../executor/cluster/submit/index.js";
import { addressOf, type AnyTask } from "../../../executor/tasks/index.js";
import { usageError } from "../../cli-error.js";
import type { Decoding } from "../input/index.js";
import { textTasks, type TextTasks } from "./text-tasks.js";

/** What a host must know of a map: the function by its name there, and not by where it stands here. */
interface ClusterPlan {
  readonly name: string;
  readonly decoding: Decoding;
  readonly withInput: boolean;
}

const PREFIX = "weft-map:";

/** Gives the text tasks of a map names that hosts know what to make of. */
export function nameForCluster(
  tasks: TextTasks,
  fn: object,
  plan: Omit<ClusterPlan, "name">,
): void {
  const address = addressOf(fn);
  if (address === undefined || address.exported === true)
    throw usageError(
      "--model cluster runs what defineTasks names, on hosts that have loaded the same module: " +
        "export const { resize } = defineTasks(import.meta.url, { resize })",
    );
  for (const part of ["first", "again"] as const)
    callOnCluster(
      tasks[part],
      `${PREFIX}${part}:${JSON.stringify({ ...plan, name: address.name })}`,
    );
}

/** On a host: the text task of this name; `moduleOf` finds the module that defines the function. */
export async function textTaskNamed(
  name: string,
  moduleOf: (task: string) => string | undefined,
): Promise<AnyTask | undefined> {
  const [, part, text = ""] = /^weft-map:(first|again):(.*)$/s.exec(name) ?? [];
  const plan = part === undefined ? undefined : readPlan(text);
  const module = plan && moduleOf(plan.name);
  if (plan === undefined || module === undefined) return undefined;
  const tasks = await textTasks({ ...plan, module });
  return part === "first" ? (tasks.first as AnyTask) : (tasks.again as AnyTask);
}

function readPlan(text: string): ClusterPlan | undefined {
  try {
    const { name, decoding, withInput } = JSON.parse(text) as Partial<ClusterPlan>;
    if (typeof name !== "string" || (decoding !== "text" && decoding !== "json")) return undefined;
    return { name, decoding, withInput: withInput === true };
  } catch {
    return undefined;
  }
}
