import { describe, test } from "vitest";
import { ProcessExecutor } from "weftwork/executor";
import { executorContract } from "weftwork/testing";

describe("the contract", () => {
  const open = ({ limit, capacity }: { limit: number; capacity?: number | undefined }) =>
    new ProcessExecutor({ workers: limit, capacity });
  for (const { law, run } of executorContract(open)) test(law, run);
});
