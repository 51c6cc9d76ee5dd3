import type { Forecast } from "./advice.js";

/** From light to heavy: what it takes to start it, to feed it, and to debug it. */
const WEIGHT = { async: 0, threads: 1, processes: 2 } as const;

/** A heavier model must promise so many times what a lighter one does. */
export const MARGIN = 1.15;

/** The lightest model that no heavier one beats by the margin. */
export function choose(forecasts: readonly Forecast[]): Forecast {
  const possible = forecasts.filter((each) => each.possible).toSorted(byWeight);
  return possible.reduce((best, next) => (next.perSecond >= MARGIN * best.perSecond ? next : best));
}

/** The chosen one, then the others by what they promise, then those that are impossible. */
export function rank(forecasts: readonly Forecast[], chosen: Forecast): Forecast[] {
  const others = forecasts.filter((each) => each !== chosen);
  return [
    chosen,
    ...others.toSorted(
      (a, b) =>
        Number(b.possible) - Number(a.possible) || b.perSecond - a.perSecond || byWeight(a, b),
    ),
  ];
}

function byWeight(a: Forecast, b: Forecast): number {
  return WEIGHT[a.model] - WEIGHT[b.model];
}
