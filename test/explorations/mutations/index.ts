import { inLimits } from "./in-limits.js";
import { inPipelines } from "./in-pipelines.js";
import { inQueues } from "./in-queues.js";
import { inSync } from "./in-sync.js";
import { inTasks } from "./in-tasks.js";
import type { Mutations } from "./mutation.js";

export type { Mutation } from "./mutation.js";
export { mutant } from "./mutant.js";

export const mutations: Mutations = {
  ...inSync,
  ...inQueues,
  ...inLimits,
  ...inTasks,
  ...inPipelines,
};
