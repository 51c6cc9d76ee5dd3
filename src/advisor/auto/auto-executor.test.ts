import { describe, test } from "vitest";
import { AutoExecutor } from "weftwork/advisor";
import { executorContract } from "weftwork/testing";

describe("the contract", () => {
  const laws = executorContract((options) => new AutoExecutor(options), { inWorkers: false });
  for (const { law, run } of laws) test(law, run);
});
