import { describe, expect, test } from "vitest";
import {
  type ExplorationError,
  explore,
  type ExploreOptions,
  replay,
} from "../../src/testing/index.js";
import { gallery } from "./gallery/index.js";

test("there are twenty bugs at least, each with a name of its own", () => {
  expect(gallery.length).toBeGreaterThanOrEqual(20);
  expect(new Set(gallery.map(({ name }) => name)).size).toBe(gallery.length);
});

describe.each(gallery)("$name", ({ kind, seeds, steps, maxSteps = 10_000, program, fixed }) => {
  const find = async (options: ExploreOptions): Promise<ExplorationError> => {
    const outcome: unknown = await explore(program(false), { maxSteps, ...options }).catch(
      (error: unknown) => error,
    );
    expect(outcome).toMatchObject({ name: "ExplorationError", kind });
    return outcome as ExplorationError;
  };

  test.each(["random", "pct"] as const)("is found by %s within its seeds", async (strategy) => {
    const error = await find({ strategy, seeds: seeds[strategy] });
    expect(rowsOf(error).length).toBeLessThanOrEqual(steps);
  });

  test("is shrunk to a schedule that needs no more interference than any other", async () => {
    const error = await find({ seeds: seeds.random });
    expect(rowsOf(error).length).toBeGreaterThan(0);
    const interferences = rowsOf(error).filter((row) => row.startsWith("*")).length;
    for (let preemptions = 0; preemptions < interferences; preemptions += 1) {
      const fewer = explore(program(false), { strategy: "exhaustive", preemptions });
      await expect(fewer).resolves.toMatchObject({ schedules: expect.any(Number) });
    }
  });

  test("is replayed", async () => {
    const error = await find({ seeds: seeds.random });
    const again: unknown = await replay(error.replayId, program(false), { maxSteps }).catch(
      (e: unknown) => e,
    );
    expect(again).toMatchObject({ kind, schedule: error.schedule });
  });

  test("does not happen when it is done right", async () => {
    const right = explore(program(true), fixed ?? { strategy: "exhaustive" });
    await expect(right).resolves.toMatchObject({ schedules: expect.any(Number) });
  });
});

function rowsOf({ schedule }: ExplorationError): string[] {
  return schedule.split("\n").filter((row) => /^[* ] +\d/.test(row));
}
