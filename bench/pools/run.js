/** The benchmark of the pools: `npm run bench:pools`, `npm run bench:pools -- --help`. See ../README.md. */
import { cases } from "./cases/index.js";
import { targets } from "./targets.js";
import { runBench } from "../harness/run.js";

const executors = await import("../../dist/executor/index.js").catch((error) => ({ error }));

function missing({ executor }) {
  if (executors.error)
    return `weftwork/executor can't be imported (${executors.error.code ?? executors.error.message})`;
  return executor in executors ? undefined : `weftwork/executor has no ${executor} yet`;
}

await runBench({ script: "bench:pools", cases, targets, missing });
