import { limit } from "./smoke/limit.js";
import { pipeline } from "./smoke/pipeline.js";
import { queue } from "./smoke/queue.js";
import { sync } from "./smoke/sync.js";
import { task } from "./smoke/task.js";

const SMOKES = { ...task, ...sync, ...queue, ...limit, ...pipeline };

/**
 * Uses each export of the front door once, for something real. It asks nothing of its runtime but
 * ECMAScript. An export without a smoke is a failure: so the list here can't fall behind.
 */
export async function smoke(weftwork) {
  const failures = [];
  let passed = 0;
  for (const name of new Set([...Object.keys(weftwork), ...Object.keys(SMOKES)])) {
    try {
      if (!(name in weftwork)) throw new Error("is not exported (any more)");
      if (!(name in SMOKES)) throw new Error("has no smoke in test/runtimes/smoke");
      await SMOKES[name](weftwork);
      passed += 1;
    } catch (error) {
      failures.push(`${name}: ${error?.stack ?? error}`);
    }
  }
  return { passed, failures };
}
