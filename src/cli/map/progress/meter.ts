import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { host } from "../../../core/index.js";

const RESOLUTION_MS = 10;
/** Clock ticks of Linux's accounts, the same on all its platforms. */
const TICK_MS = 10;

/** Measures what a run costs: time, processor time, and how long the event loop kept others waiting. */
export class Meter {
  readonly #startMs = host.nowMs();
  readonly #cpu = process.cpuUsage();
  readonly #childMs = endedChildrenMs();
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  constructor() {
    this.#delay.enable();
  }

  get elapsedMs(): number {
    return host.nowMs() - this.#startMs;
  }

  /** Of this process with its threads, and of worker processes that have ended. */
  get cpuMs(): number {
    const { user, system } = process.cpuUsage(this.#cpu);
    return (user + system) / 1000 + endedChildrenMs() - this.#childMs;
  }

  /** The delay that one turn of the loop in a hundred exceeded. The sampling's own pause is taken off. */
  get delayP99Ms(): number {
    return Math.max(0, this.#delay.percentile(99) / 1e6 - RESOLUTION_MS);
  }

  stop(): void {
    this.#delay.disable();
  }
}

/** By Linux's account of children that were waited for (`man 5 proc`, fields 16 and 17); elsewhere nobody tells. */
function endedChildrenMs(): number {
  try {
    const stat = readFileSync("/proc/self/stat", "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
  } catch {
    return 0;
  }
}
