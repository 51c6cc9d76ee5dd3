import { describe, test } from "vitest";
import { InlineExecutor } from "weftwork/executor";
import { executorContract } from "weftwork/testing";

describe("the contract", () => {
  const laws = executorContract((options) => new InlineExecutor(options), { inWorkers: false });
  for (const { law, run } of laws) test(law, run);
});
