import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

/** What a thread has done since it began. Differences of two readings are what counts. */
export interface Reading {
  readonly atMs: number;
  /** How long its event loop has not been waiting, though it may have waited for a core. */
  readonly activeMs: number;
  /** How long it has computed; an upper bound where the platform doesn't tell of single threads. */
  readonly cpuMs: number;
  /** How long it could have run and had no core; 0 where the platform doesn't tell. */
  readonly queuedMs: number;
}

/** What happened between two readings. */
export interface Span {
  readonly tookMs: number;
  /** How long the thread's event loop was held, the waits for a core taken off: they are the neighbours' doing. */
  readonly heldMs: number;
  /** How much of that it computed. */
  readonly cpuMs: number;
  /** How long its event loop had nothing to do. */
  readonly idleMs: number;
  /** How much of the time the loop was held, 0 to 1; what the neighbours took is no part of either. */
  readonly loopShare: number;
}

/** Measures the thread that it is called in. Decisions take one, so that tests can give their own. */
export interface Meter {
  read(): Reading;
}

interface CpuUsage {
  readonly user: number;
  readonly system: number;
}

/** Node 22.19 and later. */
const { threadCpuUsage } = process as { threadCpuUsage?: () => CpuUsage };

/** Linux, for the thread that reads it: nanoseconds on a core, nanoseconds without one, time slices. */
const SCHEDSTAT = "/proc/thread-self/schedstat";

/**
 * The platform's own measures. The one file beside `core/host.ts` that may ask the platform for time: what
 * a thread *did* in it is no question for a host, and has no meaning in virtual time.
 *
 * `process.cpuUsage` would count the threads of the I/O pool and of the garbage collector too, and call a
 * function CPU-bound that awaits a hash of `node:crypto`. It serves only as an upper bound.
 */
export const realMeter: Meter = {
  read() {
    const atMs = performance.now();
    // Not `active`: that is 0 until the loop has turned for the first time.
    const { idle } = performance.eventLoopUtilization();
    const { onCoreMs, queuedMs } = schedule();
    const cpuMs = threadCpuUsage === undefined ? onCoreMs : inMs(threadCpuUsage.call(process));
    return { atMs, activeMs: atMs - idle, cpuMs, queuedMs };
  },
};

export function between(from: Reading, to: Reading): Span {
  const activeMs = Math.max(0, to.activeMs - from.activeMs);
  const cpuMs = Math.min(activeMs, Math.max(0, to.cpuMs - from.cpuMs));
  // Part of the waits for a core may be those of a loop that had just been woken: it was not active yet.
  const heldMs = Math.max(cpuMs, activeMs - Math.max(0, to.queuedMs - from.queuedMs));
  const tookMs = to.atMs - from.atMs;
  const idleMs = Math.max(0, tookMs - activeMs);
  const loopShare = heldMs > 0 ? heldMs / (heldMs + idleMs) : 0;
  return { tookMs, heldMs, cpuMs, idleMs, loopShare };
}

interface Schedule {
  readonly onCoreMs: number;
  readonly queuedMs: number;
}

function schedule(): Schedule {
  try {
    const [onCore, queued] = readFileSync(SCHEDSTAT, "latin1").split(" ").map(Number);
    if (onCore! > 0 && queued! >= 0) return { onCoreMs: onCore! / 1e6, queuedMs: queued! / 1e6 };
  } catch {
    // not on Linux, or /proc is not there
  }
  return { onCoreMs: inMs(process.cpuUsage()), queuedMs: 0 };
}

function inMs({ user, system }: CpuUsage): number {
  return (user + system) / 1000;
}
