import { describe, expect, test } from "vitest";
// @ts-expect-error: a script, of which there are no declarations
import { apart, together } from "../../bench/cluster/model/machine.js";
// @ts-expect-error: a script, of which there are no declarations
import * as figures from "../../bench/cluster/model/measured.js";
// @ts-expect-error: a script, of which there are no declarations
import { simulate } from "../../bench/cluster/model/simulate.js";

interface Measured {
  readonly kind: string;
  readonly items: number;
  readonly itemsPerSecond: number;
  readonly submitter: number;
  readonly redis: number;
  readonly host: number;
}

interface Simulated {
  readonly parcelsPerSecond: number;
  readonly busy: { readonly submitter: number; readonly redis: number; readonly host: number };
}

const { CORES, SETTING, measured } = figures as {
  CORES: number;
  SETTING: object;
  measured: readonly Measured[];
};
const model = simulate as (setting: object) => Promise<Simulated>;

describe("the model of the cluster, which docs/cluster.md extrapolates with", () => {
  test.each(measured)("gives what was measured, within a quarter: $kind, $items", async (row) => {
    const { items, itemsPerSecond, ...costsUs } = row;
    const setting = { ...SETTING, place: together(CORES), costsUs, parcels: 1_000 };
    const { parcelsPerSecond } = await model(setting);
    const off = (parcelsPerSecond * items) / itemsPerSecond;
    expect(off).toBeGreaterThan(0.75);
    expect(off).toBeLessThan(1.25);
  });

  test("gives no more than slots, and whoever computes most, allow", async () => {
    const costsUs = { submitter: 300, redis: 200, host: 300 };
    const far = { place: apart, slots: 2, workMs: 10, hopMs: 0, costsUs, parcels: 3_000 };
    const few = await model({ ...far, hosts: 5, inFlight: 20 });
    expect(few.parcelsPerSecond).toBeLessThan(10 / 0.01);
    expect(few.parcelsPerSecond).toBeGreaterThan(800);
    const many = await model({ ...far, hosts: 50, inFlight: 200 });
    expect(many.busy.submitter).toBeGreaterThan(0.99); // the wall
    expect(many.parcelsPerSecond).toBeCloseTo(1e6 / 300, -2);
  });
});
