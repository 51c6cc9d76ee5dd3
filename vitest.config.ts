import { defineConfig } from "vitest/config";

// `using` is newer than Node 20, so test files are lowered to what tsc gives the library.
const oxc = { target: "es2022" };

const project = (name: string, include: string[], testTimeout: number) => ({
  oxc,
  test: { name, include, testTimeout },
});

export default defineConfig({
  test: {
    projects: [
      project("unit", ["src/**/*.test.ts"], 20_000),
      project("house", ["test/house.test.ts", "test/lint.test.ts"], 20_000),
      project("examples", ["test/examples.test.ts"], 40_000),
      project("models", ["test/models.test.ts"], 180_000),
      project("package", ["test/package.test.ts"], 120_000),
    ],
    coverage: { include: ["src/**/*.ts"], exclude: ["src/**/*.test.ts"] },
  },
});
