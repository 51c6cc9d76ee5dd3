import { strictEqual } from "node:assert";
import { cpuOf, withCpu } from "../cpu.js";
import { randomSchedule } from "../raw/random-schedule.js";

const TASKS = 5;
const STEPS = 20;
const PER_RUN = TASKS * STEPS;

/** Tasks that make their steps and nothing else; `done` is told of each. */
const programOf = (step, done) => () =>
  Promise.all(
    Array.from({ length: TASKS }, async () => {
      for (let i = 0; i < STEPS; i += 1) {
        await step();
        done();
      }
    }),
  );

const explored = (strategy) => async () => {
  const { explore, step } = await import("../../../dist/testing/index.js");
  return async (size) => {
    let steps = 0;
    const program = programOf(
      () => step("step"),
      () => (steps += 1),
    );
    // Two runs more: one that is watched for what it asks the outside, and one that must do the same.
    await explore(program, { strategy, seeds: size / PER_RUN - 2 });
    return steps;
  };
};

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "step",
  title: `steps of schedules: ${TASKS} tasks of ${STEPS} steps, again and again`,
  unit: "us per step",
  unitNs: 1_000,
  rate: "steps/s",
  size: 100_000,
  smokeSize: 1_000,
  check: ({ result: steps }, size) => strictEqual(steps, size),
  also: cpuOf,
  implementations: withCpu(1, [
    {
      name: "raw",
      note: "a list of resolvers, and a turn of the loop after each; can't tell who makes a step, nor stop",
      async load() {
        return async (size) => {
          let steps = 0;
          for (let run = 0; run < size / PER_RUN; run += 1) {
            await randomSchedule(run, (step) => programOf(step, () => (steps += 1))());
          }
          return steps;
        };
      },
    },
    { name: "weftwork", note: "strategy random", load: explored("random") },
    { name: "weftwork pct", load: explored("pct") },
    {
      name: "fast-check",
      from: "fast-check",
      note: "fc.scheduler(): it knows neither tasks nor time",
      async load() {
        const { default: fc } = await import("fast-check");
        return async (size) => {
          let steps = 0;
          const property = fc.asyncProperty(fc.scheduler(), async (s) => {
            const program = programOf(
              () => s.schedule(Promise.resolve(), "step"),
              () => (steps += 1),
            );
            const ended = program();
            await s.waitIdle();
            await ended;
          });
          await fc.assert(property, { numRuns: size / PER_RUN, seed: 1 });
          return steps;
        };
      },
    },
  ]),
};
