/** Adds to each run what it took of the processors: beside a busy neighbour that says more than the time. */
import { cpuUsage } from "node:process";

/**
 * @param {number} unitUs  microseconds in the unit of the case
 * @param {import("../harness/case.js").Implementation[]} implementations
 */
export function withCpu(unitUs, implementations) {
  const loadOf = (load) => async () => {
    const run = await load();
    return async (size, watch) => {
      const before = cpuUsage();
      const result = await run(size, watch);
      const { user, system } = cpuUsage(before);
      return { result, cpu: (user + system) / size / unitUs };
    };
  };
  return implementations.map((each) => ({ ...each, load: loadOf(each.load) }));
}

/** For a case's `also`. */
export const cpuOf = ({ cpu }) => ({ "of processors": Math.round(cpu * 100) / 100 });
