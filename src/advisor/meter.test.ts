import { expect, test } from "vitest";
import { between, type Reading, realMeter } from "./meter.js";

const at = (atMs: number, activeMs: number, cpuMs: number, queuedMs: number): Reading => ({
  atMs,
  activeMs,
  cpuMs,
  queuedMs,
});
const start = at(0, 0, 0, 0);

test("waits for a core are the neighbours' doing: they are no part of what held the loop", () => {
  const span = between(start, at(100, 100, 40, 60));
  expect(span).toEqual({ tookMs: 100, heldMs: 40, cpuMs: 40, idleMs: 0, loopShare: 1 });
});

test("an idle loop is not held", () => {
  expect(between(start, at(100, 10, 10, 0))).toMatchObject({ idleMs: 90, loopShare: 0.1 });
  expect(between(start, at(100, 0, 0, 0))).toMatchObject({ heldMs: 0, loopShare: 0 });
});

test("a loop that is held and does not compute is blocked", () => {
  expect(between(start, at(100, 100, 1, 0))).toMatchObject({ heldMs: 100, cpuMs: 1 });
});

test("it never computes for longer than it is active, and never less than nothing", () => {
  expect(between(start, at(100, 50, 80, 0))).toMatchObject({ heldMs: 50, cpuMs: 50 });
  expect(between(at(0, 5, 5, 5), at(1, 4, 4, 4))).toMatchObject({ heldMs: 0, cpuMs: 0 });
});

test("the platform's readings grow", () => {
  const first = realMeter.read();
  let x = 1;
  for (let i = 0; i < 1e6; i += 1) x = (x * 48271) % 2147483647;
  const { tookMs, heldMs, cpuMs } = between(first, realMeter.read());
  expect(x).toBeGreaterThan(0);
  expect(tookMs).toBeGreaterThan(0);
  expect(heldMs).toBeGreaterThan(0);
  expect(cpuMs).toBeGreaterThan(0);
});
