import type { Deviation } from "./deviations.js";

/** What it takes to make a run again: where chance began, and the schedule. */
export interface Recipe {
  readonly seed: number;
  readonly deviations: readonly Deviation[];
}

const FORM = /^\d+(:\d+\.\d+(-\d+\.\d+)*)?$/;

/** A short text for a recipe: `7:4.1-9.2` is seed 7, and option 1 at the fifth fork, option 2 at the tenth. */
export function replayId({ seed, deviations }: Recipe): string {
  const path = deviations.map(({ at, option }) => `${at}.${option}`).join("-");
  return path === "" ? `${seed}` : `${seed}:${path}`;
}

/** Reads what {@link replayId} wrote. Throws a RangeError for anything else. */
export function readReplayId(id: string): Recipe {
  if (typeof id !== "string" || !FORM.test(id)) {
    throw new RangeError(
      `a replay id looks like 7:4.1-9.2 and is copied from a failure, got ${JSON.stringify(id)}`,
    );
  }
  const [seed, path] = id.split(":");
  const deviations = (path?.split("-") ?? []).map((step) => {
    const [at, option] = step.split(".").map(Number);
    return { at: at ?? 0, option: option ?? 0 };
  });
  return { seed: Number(seed), deviations };
}
