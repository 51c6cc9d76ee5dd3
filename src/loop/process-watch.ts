import type { StallReport } from "./stall-report.js";

/** A watch that is on, as far as the worker processes of executors need it to have their own loops watched. */
export interface ProcessWatch {
  readonly setting: {
    readonly thresholdMs: number;
    readonly stuckMs: number;
    readonly tasks: boolean;
  };
  readonly onStall: (report: StallReport) => void;
}

let current: ProcessWatch | undefined;

/** Undefined if nobody watches, or only this process. */
export function processWatch(): ProcessWatch | undefined {
  return current;
}

export function setProcessWatch(watch: ProcessWatch | undefined): void {
  current = watch;
}
