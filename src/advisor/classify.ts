import type { Forecast, TaskClass } from "./advice.js";
import { MARGIN } from "./choose.js";
import { heldShare, type Profile } from "./profile.js";

const MOSTLY = 0.9;
const HARDLY = 0.1;
/** Less of its hold is computed: it blocks. */
const COMPUTES = 0.5;
/** Clocks of threads tick in milliseconds: a call this short can't be told to block. */
const TOO_SHORT_TO_TELL_MS = 0.05;
/** What is moved, in shares of what is computed, that can be the reason why moving doesn't pay. */
const MUCH_TRANSFER = 0.25;

/** What decides how fast a function can go. */
export function classify(profile: Profile, forecasts: readonly Forecast[]): TaskClass {
  const { heldMs, cpuMs } = profile;
  const share = heldShare(profile);
  if (share <= HARDLY) return "io-bound";
  if (heldMs > TOO_SHORT_TO_TELL_MS && cpuMs < COMPUTES * heldMs) return "blocking";
  if (share < MOSTLY) return "mixed";
  const [inline, ...others] = forecasts;
  const transferMs = others.find((each) => each.model === "threads")?.transferMs ?? 0;
  const pays = others.some((each) => each.perSecond >= MARGIN * (inline?.perSecond ?? 0));
  return !pays && transferMs >= MUCH_TRANSFER * heldMs ? "transfer-bound" : "cpu-bound";
}
