import { defineConfig, type ViteUserConfig } from "vitest/config";
import { awaitPoints } from "weftwork/testing";

const config: ViteUserConfig = defineConfig({
  plugins: [awaitPoints()],
  test: { include: ["*.check.ts"], testTimeout: 120_000 },
});

export default config;
