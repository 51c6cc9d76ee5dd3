/** The benchmark of `weft map`: `npm run bench:map`, `npm run bench:map -- --help`. See ../README.md. */
import { existsSync } from "node:fs";
import { installFromDebian } from "../../scripts/steps/debian.js";
import { commandVersion } from "../harness/peers.js";
import { runBench } from "../harness/run.js";
import compute from "./cases/compute.js";
import memory from "./cases/memory.js";
import small from "./cases/small.js";
import trivial from "./cases/trivial.js";
import { targets } from "./targets.js";

const isBuilt = existsSync(new URL("../../dist/cli/weft.js", import.meta.url));
if (commandVersion("parallel") === undefined) installFromDebian("parallel");
const hasParallel = commandVersion("parallel") !== undefined;
if (!hasParallel) console.log("GNU parallel is not here: its line is left out");

const cases = [trivial, small, compute, memory].map((each) => ({
  ...each,
  implementations: each.implementations.filter(({ needs }) => !needs || hasParallel),
}));
const missing = () => (isBuilt ? undefined : "dist/cli/weft.js is not built: npm run build");
await runBench({ script: "bench:map", cases, targets, missing });
