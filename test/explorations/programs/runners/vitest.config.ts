import { defineConfig, type ViteUserConfig } from "vitest/config";
import { awaitPoints } from "weftwork/testing";

const config: ViteUserConfig = defineConfig({
  plugins: [awaitPoints()],
  test: { include: ["*.check.ts"] },
});

export default config;
