/** The benchmark of the explorations: `npm run bench:testing`, `npm run bench:testing -- --help`. See ../README.md. */
import { cases } from "./cases/index.js";
import { targets } from "./targets.js";
import { runBench } from "../harness/run.js";

const testing = await import("../../dist/testing/index.js").catch((error) => ({ error }));

await runBench({
  script: "bench:testing",
  cases,
  targets,
  missing: () =>
    testing.error && `weftwork/testing can't be imported (${testing.error.code ?? testing.error})`,
});
