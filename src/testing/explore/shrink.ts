import type { Deviation } from "./strategies/index.js";

/** More would cost more time than they save whoever reads the schedule. */
const MOST_TRIES = 400;
const MOST_STEPS = 200_000;

interface Retried {
  /** Steps of the run. */
  readonly length: number;
  /** The deviations that it has really taken, if it fails in the same way. */
  readonly taken: readonly Deviation[] | undefined;
}

/**
 * Leaves out what a failure does not need: the result fails too, and with any one deviation less, or a
 * lower option, it would not (delta debugging: Zeller and Hildebrandt, "Simplifying and Isolating
 * Failure-Inducing Input", 2002).
 *
 * `retry` runs a schedule.
 */
export async function shrink(
  failing: readonly Deviation[],
  retry: (deviations: readonly Deviation[]) => Promise<Retried>,
): Promise<readonly Deviation[]> {
  let best = failing;
  let tries = 0;
  let steps = 0;
  /** Takes a simpler schedule, if it fails too. */
  const better = async (candidate: readonly Deviation[]): Promise<boolean> => {
    if (tries >= MOST_TRIES || steps >= MOST_STEPS) return false;
    const { length, taken } = await retry(candidate);
    tries += 1;
    steps += length;
    if (taken === undefined || !isSimpler(taken, best)) return false;
    best = taken;
    return true;
  };
  for (let size = best.length; size >= 1;) {
    const left = await withoutSome(best, size, better);
    if (!left) size = size === 1 ? 0 : Math.ceil(size / 2);
    else size = Math.min(size, best.length);
  }
  for (let i = 0; i < best.length; i += 1) {
    for (let option = 0; option < (best[i] as Deviation).option; option += 1) {
      if (await better(best.with(i, { at: (best[i] as Deviation).at, option }))) break;
    }
  }
  return best;
}

/** Tries to leave out `size` in a row, at each place; true if that succeeded once. */
async function withoutSome(
  deviations: readonly Deviation[],
  size: number,
  better: (candidate: readonly Deviation[]) => Promise<boolean>,
): Promise<boolean> {
  // From the end: what comes late depends on what came before, and not the other way round.
  for (let from = Math.max(0, deviations.length - size); ; from = Math.max(0, from - size)) {
    if (await better(deviations.toSpliced(from, size))) return true;
    if (from === 0) return false;
  }
}

function isSimpler(a: readonly Deviation[], b: readonly Deviation[]): boolean {
  if (a.length !== b.length) return a.length < b.length;
  return sumOf(a) < sumOf(b);
}

function sumOf(deviations: readonly Deviation[]): number {
  return deviations.reduce((sum, { option }) => sum + option, 0);
}
