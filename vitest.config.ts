import { defineConfig } from "vitest/config";

// `using` is newer than Node 20, so test files are lowered to what tsc gives the library.
const oxc = { target: "es2022" };

const project = (name: string, include: string[], testTimeout: number, more: object = {}) => ({
  oxc,
  test: { name, include, testTimeout, hookTimeout: testTimeout, ...more },
});

const faults = "src/executor/faults/*.test.ts";

/** What tests of `src` need: workers run the built package. */
const built = {
  globalSetup: "test/fresh-build.ts",
  // Node itself loads the built package, as in a program: one copy for the tests and what they open.
  server: { deps: { external: [/\/dist\//] } },
};

/** By hand they may take hours; see CONTRIBUTING. */
const byHand = "WEFT_EXPLORE_TIMES" in process.env || "WEFT_EXPLORE_PREEMPTIONS" in process.env;
const explorationMs = byHand ? 24 * 3_600_000 : 240_000;

/** No law says how long a test takes: this ends one that hangs, and a busy machine is no reason to. */
const HUNG_MS = 120_000;

export default defineConfig({
  test: {
    projects: [
      project("unit", ["src/**/*.test.ts"], HUNG_MS, { ...built, exclude: [faults] }),
      project("faults", [faults], HUNG_MS, built),
      project("house", ["test/house*.test.ts", "test/lint.test.ts"], HUNG_MS),
      project("examples", ["test/examples.test.ts"], 2 * HUNG_MS),
      project("cli", ["test/cli/*.test.ts"], HUNG_MS, built),
      // Real time, in processes of their own; see test/stalls/stalls.test.ts.
      project("stalls", ["test/stalls/*.test.ts"], 2 * HUNG_MS, {
        globalSetup: "test/fresh-build.ts",
      }),
      project("interleavings", ["test/interleavings.test.ts"], 3 * HUNG_MS),
      project("models", ["test/models*.test.ts"], 4 * HUNG_MS),
      project("explorations", ["test/explorations/*.test.ts"], explorationMs, built),
      project("cluster", ["test/cluster/*.test.ts"], 180_000, built),
      project("package", ["test/package.test.ts"], 2 * HUNG_MS),
    ],
    coverage: { include: ["src/**/*.ts"], exclude: ["src/**/*.test.ts"] },
  },
});
