import type { Host } from "../../src/core/host.js";

/** Stands in the place of `src/core/host.ts`: time passes when a run says so. */

let nowMs = 0;

export function passTime(ms: number): void {
  nowMs += ms;
}

export const realHost: Host = {
  nowMs: () => nowMs,
  startTimer: () => undefined, // what keeps a program alive; the primitives have no others
  stopTimer() {},
  soon: setImmediate,
  random: () => 0.5,
};

export const host: Host = realHost;

/** Stands open: who goes on next is chosen at the accesses to memory. */
export const gate: NonNullable<Host["gate"]> = (settles) => settles;

export function installHost(): Disposable {
  throw new Error("a simulated thread has one host");
}
