import { strictEqual } from "node:assert";
import { hrtime } from "node:process";
import { WORKERS } from "../pool.js";

const INPUT = 7;

/** The time from the opening of a pool to its first result, in a process that has done nothing else. */
export function starting({ load, options, ...named }) {
  return {
    ...named,
    async load() {
      let pool;
      const run = async () => {
        const beganNs = hrtime.bigint();
        const adapter = await load();
        const loadedNs = hrtime.bigint();
        pool = await adapter.open({ workers: WORKERS, ...options });
        const value = await pool.task("noop")(INPUT);
        const endedNs = hrtime.bigint();
        const ms = (fromNs) => Number(endedNs - fromNs) / 1e6;
        return { value, startMs: ms(loadedNs), withImportMs: ms(beganNs) };
      };
      return Object.assign(run, { close: () => pool.close() });
    },
  };
}

/** @returns {import("../../harness/case.js").Case} */
export function coldCase(named) {
  return {
    ...named,
    unit: "ms",
    size: 1,
    smokeSize: 1,
    once: true,
    noFlags: true,
    check: ({ value }) => strictEqual(value, INPUT),
    figure: ({ startMs }) => startMs,
    also: ({ withImportMs }) => ({ "ms with its import": withImportMs }),
  };
}
