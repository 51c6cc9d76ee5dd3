import { strictEqual } from "node:assert";
import { cpuOf, withCpu } from "../cpu.js";

/** Goes wrong if somebody looks between two steps of another, and again after them, while others go on. */
const programOf = (step) => async () => {
  let state = "idle";
  let seen = "";
  const change = async () => {
    await step("begin");
    state = "changing";
    await step("change");
    state = "changed";
    await step("end");
    state = "idle";
  };
  const look = async () => {
    await step("look");
    if (state === "changing") seen += "changing ";
    await step("look again");
    if (state === "changed") seen += "changed";
  };
  const other = async () => {
    for (let i = 0; i < 5; i += 1) await step("something else");
  };
  await Promise.all([change(), look(), other(), other()]);
  if (seen === "changing changed") throw new Error("torn");
};

const MOST_SCHEDULES = 2_000;

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "find",
  title: "a race among four tasks: found, and its schedule made short",
  unit: "ms per race found",
  unitNs: 1e6,
  size: 40,
  smokeSize: 2,
  check: ({ result: tried }, size) => strictEqual(tried.length, size),
  also: ({ result: tried, cpu }) => ({
    ...cpuOf({ cpu }),
    schedules: Math.round(tried.reduce((a, b) => a + b, 0) / tried.length),
  }),
  implementations: withCpu(1_000, [
    {
      name: "weftwork",
      note: "strategy random",
      async load() {
        const { explore, step } = await import("../../../dist/testing/index.js");
        return async (size) => {
          const tried = [];
          for (let bug = 0; bug < size; bug += 1) {
            const seeds = Array.from(
              { length: MOST_SCHEDULES },
              (_, i) => bug * MOST_SCHEDULES + i,
            );
            await explore(programOf(step), { seeds }).catch((error) => {
              tried.push(Number(/in schedule (\d+)/.exec(error.message)[1]));
            });
          }
          return tried;
        };
      },
    },
    {
      name: "fast-check",
      from: "fast-check",
      note: "shrinks by its own means",
      async load() {
        const { default: fc } = await import("fast-check");
        return async (size) => {
          const tried = [];
          for (let bug = 0; bug < size; bug += 1) {
            const property = fc.asyncProperty(fc.scheduler(), async (s) => {
              const ended = programOf((label) => s.schedule(Promise.resolve(), label))();
              ended.catch(() => {});
              await s.waitIdle();
              await ended;
            });
            const { failed, numRuns } = await fc.check(property, {
              numRuns: MOST_SCHEDULES,
              seed: bug,
            });
            if (failed) tried.push(numRuns);
          }
          return tried;
        };
      },
    },
  ]),
};
