import { type EventLoopUtilization, performance, PerformanceObserver } from "node:perf_hooks";

/**
 * Real time, on purpose: what watches the event loop must not run on a clock that a test can stop, and its
 * timers, unlike those of `core/host.ts`, must not keep the program alive. All threads read the same clock.
 */

/** Milliseconds on the machine's monotonic clock. */
export function nowMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

/** By what the clock of {@link nowMs} differs from that of `performance.now()` in this thread. */
const aheadMs = ((): number => {
  let best = { tookMs: Infinity, aheadMs: 0 };
  for (let i = 0; i < 5; i += 1) {
    const beforeMs = nowMs();
    const sameMs = performance.now();
    const tookMs = nowMs() - beforeMs; // long if the thread lost its processor in between
    if (tookMs < best.tookMs) best = { tookMs, aheadMs: beforeMs - sameMs };
  }
  return best.aheadMs;
})();

/** When `ms` was, on the clock of {@link nowMs}: as milliseconds since 1970. */
export function sinceEpochMs(ms: number): number {
  return performance.timeOrigin + ms - aheadMs;
}

/** How much of its time the loop was busy, since `mark` or since it began. */
export function loopUtilisation(mark?: EventLoopUtilization): EventLoopUtilization {
  return performance.eventLoopUtilization(mark);
}

/** Calls `run` with each garbage collection of this thread, on the clock of {@link nowMs}, some time after it. */
export function observeGc(run: (startMs: number, endMs: number) => void): Disposable {
  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      run(aheadMs + startTime, aheadMs + startTime + duration);
  });
  observer.observe({ entryTypes: ["gc"] });
  return { [Symbol.dispose]: () => observer.disconnect() };
}

/** Runs `run` every `everyMs` until disposed; keeps nothing alive. */
export function every(everyMs: number, run: () => void): Disposable {
  const timer = setInterval(run, everyMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Runs `run` once; until then it keeps its thread alive. */
export function after(delayMs: number, run: () => void): void {
  setTimeout(run, delayMs);
}
