import { describe, expect, test } from "vitest";
import type { Explorations } from "./primitives/explorations.js";
import { primitives } from "./primitives/index.js";
import { mutant, mutations } from "./mutations/index.js";

/** The law that the fault breaks, as an exploration finds out; undefined if none does. */
async function broken(explorations: Explorations): Promise<string | undefined> {
  for (const [law, exploration] of Object.entries(explorations)) {
    const outcome: unknown = await exploration().catch((error: unknown) => error);
    if ((outcome as { code?: string } | undefined)?.code === "SCHEDULE_FAILED") return law;
    if (outcome instanceof Error) throw outcome;
  }
  return undefined;
}

test("each primitive that is explored has three faults at least", () => {
  expect(Object.keys(mutations).toSorted()).toEqual(Object.keys(primitives).toSorted());
  for (const faults of Object.values(mutations)) expect(faults.length).toBeGreaterThanOrEqual(3);
});

describe.each(Object.entries(mutations))(
  "explorations of %s find it if it",
  (primitive, faults) => {
    test.each(faults.map((mutation) => [mutation.fault, mutation] as const))(
      "%s",
      async (_fault, mutation) => {
        expect(await broken(await mutant(primitive, mutation))).toBeDefined();
      },
    );
  },
);

test("a fault that fits no source any more is no fault, and says so", async () => {
  const outdated = { fault: "", file: "sync/lock.ts", from: "no such text", to: "" };
  await expect(mutant("Lock", outdated)).rejects.toThrow("must be written anew");
});
