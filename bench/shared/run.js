/** The benchmark of shared memory: `npm run bench:shared`, `npm run bench:shared -- --help`. See ../README.md. */
import { runBench } from "../harness/run.js";
import { cases } from "./cases/index.js";
import { targets } from "./targets.js";

await runBench({ script: "bench:shared", cases, targets, missing: () => undefined });
