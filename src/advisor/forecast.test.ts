import { expect, test } from "vitest";
import { classify } from "./classify.js";
import { choose } from "./choose.js";
import { forecast, type ForecastPlan } from "./forecast.js";
import { assumedMachine } from "./machine.js";
import type { Profile } from "./profile.js";
import { reasonFor } from "./reason.js";

const machine = assumedMachine(2);
const transfer = { hereMs: 0.001, thereMs: 0.001, inputBytes: 100, outputBytes: 100 };

/** A function that computes for 40 ms, unless it is said to do something else. */
function profileOf(more: Partial<Profile> = {}): Profile {
  const base = { calls: 50, failed: 0, limit: 64, wallMs: 40, heldMs: 40, cpuMs: 40 };
  return { ...base, longestHoldMs: 45, perSecond: 25, loopShare: 1, transfer, ...more };
}

function advised(profile: Profile, plan: Partial<ForecastPlan> = {}) {
  const forecasts = forecast(profile, machine, { limit: 64, workers: 2, ...plan });
  const chosen = choose(forecasts);
  const kind = classify(profile, forecasts);
  return { forecasts, chosen, kind, reason: reasonFor(kind, profile, forecasts, chosen) };
}

test("what computes is sent to as many threads as there are cores", () => {
  const { chosen, kind, reason } = advised(profileOf());
  expect(chosen).toMatchObject({ model: "threads", workers: 2, tasksPerWorker: 1 });
  expect(chosen.speedup).toBeCloseTo(2, 1);
  expect(chosen.loopDelayMs).toBeLessThan(1);
  expect(kind).toBe("cpu-bound");
  expect(reason).toBe("CPU-bound: 40 ms busy of 40 ms; threads x2 predicted 2 times, transfer 0 %");
});

test("what waits stays on the loop, where more calls fit", () => {
  const waits = { wallMs: 50, heldMs: 0.05, cpuMs: 0.05, loopShare: 0.06, perSecond: 1200 };
  const { chosen, kind, forecasts } = advised(profileOf(waits));
  expect([chosen.model, kind]).toEqual(["async", "io-bound"]);
  expect(forecasts[1]!.perSecond).toBeLessThanOrEqual(1200); // what it waits for is no faster there
});

test("what holds the loop without computing is blocking, and threads wait side by side", () => {
  const { chosen, kind } = advised(profileOf({ cpuMs: 1 }), { workers: 8 });
  expect([chosen.model, kind]).toEqual(["threads", "blocking"]);
  expect(chosen.speedup).toBeCloseTo(8, 0); // though there are two cores
});

test("what costs more to move than to do stays, and that is said", () => {
  const heavy = { hereMs: 6, thereMs: 6, inputBytes: 1e6, outputBytes: 1e6 };
  const short = { wallMs: 2, heldMs: 2, cpuMs: 2, perSecond: 500, transfer: heavy };
  const { chosen, kind, reason } = advised(profileOf(short));
  expect([chosen.model, kind]).toEqual(["async", "transfer-bound"]);
  expect(reason).toContain("12 ms to move input and output, so parallelism does not pay");
});

test("what computes and waits gets several tasks per worker", () => {
  const half = { wallMs: 20, heldMs: 10, cpuMs: 10, perSecond: 100 };
  const { chosen, kind } = advised(profileOf(half));
  expect(kind).toBe("mixed");
  expect(chosen).toMatchObject({ model: "threads", tasksPerWorker: 4, limit: 8 });
});

test("a start-up that few inputs don't earn back counts", () => {
  expect(advised(profileOf({ heldMs: 4, cpuMs: 4, wallMs: 4 })).chosen.model).toBe("threads");
  const few = advised(profileOf({ heldMs: 4, cpuMs: 4, wallMs: 4 }), { items: 10 });
  expect(few.chosen.model).toBe("async");
});

test("what was tried is believed, and both figures are told", () => {
  const slower = advised(profileOf(), { trials: { threads: { perSecond: 20 } } });
  expect(slower.chosen.model).toBe("processes");
  expect(slower.forecasts[1]!.tried).toBeCloseTo(0.8, 3);
  expect(slower.forecasts[1]!.speedup).toBe(slower.forecasts[1]!.tried);
  expect(slower.forecasts[1]!.predicted).toBeCloseTo(2, 1);
  const both = { threads: { perSecond: 20 }, processes: { perSecond: 26 } };
  const { chosen, reason } = advised(profileOf(), { trials: both });
  expect(chosen.model).toBe("async"); // it needs 15 % more than that
  expect(reason).toContain("threads x2 predicted 2 times, 0.8 times when tried");
});

test("a trial's start-up counts too, if few inputs come", () => {
  const trials = { threads: { perSecond: 50 } };
  const few = advised(profileOf(), { items: 4, trials }).forecasts[1]!;
  expect(few.perSecond).toBeCloseTo(4000 / (machine.threads.startUpMs + 80), 1);
});

test("where it failed when tried, it is impossible", () => {
  const trials = { threads: { refusal: "it fell over" }, processes: { refusal: "it hung" } };
  const { chosen, reason } = advised(profileOf(), { trials });
  expect(chosen.model).toBe("async");
  expect(reason).toContain("threads are impossible: it fell over");
});

test("what can't leave the loop has no forecast elsewhere but the reason why", () => {
  const { chosen, forecasts, reason } = advised(profileOf(), { refusal: "it uses a closure" });
  expect(chosen.model).toBe("async");
  expect(forecasts.slice(1)).toEqual([
    expect.objectContaining({ possible: false, perSecond: 0, refusal: "it uses a closure" }),
    expect.objectContaining({ possible: false, perSecond: 0, refusal: "it uses a closure" }),
  ]);
  expect(reason).toContain("threads are impossible: it uses a closure");
});
