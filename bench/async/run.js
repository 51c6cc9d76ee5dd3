/** The async benchmark: `npm run bench`, `npm run bench -- --help`. See ../README.md. */
import { existsSync } from "node:fs";
import { cases } from "./cases/index.js";
import { targets } from "./targets.js";
import { runBench } from "../harness/run.js";

const built = existsSync(new URL("../../dist/index.js", import.meta.url));
const missing = () => (built ? undefined : "weftwork is not built (npm run build)");

await runBench({ script: "bench", cases, targets, missing });
