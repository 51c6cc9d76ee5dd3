import { expect, test } from "vitest";
import { monitorLoop } from "./index.js";

/** Blocks this thread, for at least so long. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

test("a block of the loop is in the figures, from when it happens on", async () => {
  using monitor = monitorLoop({ everyMs: 20, resolutionMs: 10 });
  await monitor.next();
  block(80);
  expect(monitor.delayMs).toBeGreaterThanOrEqual(65); // before any timer could run
  await monitor.next();
  const { maxMs, p99Ms, p50Ms, samples, utilisation } = monitor.stats();
  expect(maxMs).toBeGreaterThanOrEqual(65);
  expect(p99Ms).toBeLessThanOrEqual(maxMs);
  expect(p50Ms).toBeLessThanOrEqual(p99Ms);
  expect(samples).toBeGreaterThan(0);
  expect(utilisation).toBeGreaterThan(0);
  expect(utilisation).toBeLessThanOrEqual(1);
});

test("what is older than the window is forgotten", async () => {
  using monitor = monitorLoop({ windowMs: 40, everyMs: 10, resolutionMs: 10 });
  block(3_000);
  for (let i = 0; i < 6; i += 1) await monitor.next();
  const { maxMs, samples } = monitor.stats();
  expect(maxMs).toBeLessThan(2_990);
  expect(samples).toBe(4);
});

test("a reader gets snapshots until the monitor is closed", async () => {
  const monitor = monitorLoop({ everyMs: 5, resolutionMs: 5 });
  let read = 0;
  for await (const { samples } of monitor) {
    read += samples > 0 ? 1 : 0;
    if (read === 3) monitor.close();
  }
  expect(read).toBe(3);
  expect(await monitor.next()).toBeUndefined();
  expect(monitor.delayMs).toBe(0);
});

test("a cancel ends the wait for a snapshot", async () => {
  using monitor = monitorLoop({ everyMs: 1e6 });
  const controller = new AbortController();
  const waiting = monitor.next(controller);
  controller.abort("stop");
  await expect(waiting).rejects.toBe("stop");
  await expect(monitor.next(controller)).rejects.toBe("stop");
});

test("bad arguments are refused at the call, with the value", () => {
  expect(() => monitorLoop({ windowMs: 0 })).toThrow("windowMs must be a finite number > 0, got 0");
  expect(() => monitorLoop({ resolutionMs: 0.5 })).toThrow(/resolutionMs must be an integer >= 1/);
  expect(() => monitorLoop({ everyMs: NaN })).toThrow(/everyMs/);
});
