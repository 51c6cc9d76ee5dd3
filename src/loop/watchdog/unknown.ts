/** Why nobody is named, and what helps to know more. */
export interface Unknown {
  readonly because: string;
  readonly cure: string;
}

type Reason = "debugged" | "blind" | "early" | "short" | "native" | "nobody";

export const UNKNOWN: Readonly<Record<Reason, Unknown>> = {
  debugged: {
    because: "an inspector port is open, and a debugger's pauses are not to be disturbed",
    cure: "start the program without --inspect, or look with the debugger that it is for",
  },
  blind: {
    because: "the inspector isn't available here",
    cure: "take a profile (node --cpu-prof), or allow the inspector (--allow-inspector beside --permission)",
  },
  early: {
    because: "the inspector was not ready yet",
    cure: "await the `ready` of the watch before the rest of the program is loaded",
  },
  short: {
    because: "it ended before it was seen twice",
    cure: "lower thresholdMs, so that the next one is seen in time",
  },
  native: {
    because: "it may have been in native code, which can't be asked",
    cure: "take a profile (node --cpu-prof), which counts native code for its caller",
  },
  nobody: {
    because: "nobody's code was running for most of it",
    cure: "lower thresholdMs, to see those apart that took a part each, or admit less with an AdaptiveLimiter",
  },
};
