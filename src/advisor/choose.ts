import type { Forecast, Model } from "./advice.js";

/** From light to heavy: what it takes to start it, to feed it, and to debug it. */
const WEIGHT = { async: 0, threads: 1, processes: 2 } as const;

/** A heavier model must promise so many times what a lighter one does. */
export const MARGIN = 1.15;

/** The lightest model that no heavier one beats by the margin. */
export function choose(forecasts: readonly Forecast[]): Forecast {
  const possible = forecasts.filter((each) => each.possible).toSorted(byWeight);
  return possible.reduce((best, next) => (next.perSecond >= MARGIN * best.perSecond ? next : best));
}

/** A forecast errs by so much now and then: what comes near to async is tried too, where the loop is the limit. */
const NEAR = 0.7;

/** Which model should be tried next, of those that were not: the chosen one, or one that comes near. */
export function nextToTry(
  forecasts: readonly Forecast[],
  loopIsLimit: boolean,
  wasTried: (model: Model) => boolean,
): Forecast | undefined {
  const chosen = choose(forecasts);
  if (chosen.model !== "async") return wasTried(chosen.model) ? undefined : chosen;
  const near = forecasts.filter(({ possible, speedup }) => possible && speedup >= NEAR);
  return loopIsLimit
    ? near.toSorted(byWeight).find(({ model }) => model !== "async" && !wasTried(model))
    : undefined;
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
