import { abba } from "./abba.js";
import { barging } from "./barging.js";
import { boundedQueues } from "./bounded-queues.js";
import type { Bug } from "./bug.js";
import { cancelGrant } from "./cancel-grant.js";
import { checkThenAct } from "./check-then-act.js";
import { doubleRelease } from "./double-release.js";
import { ifNotWhile } from "./if-not-while.js";
import { lostUpdate } from "./lost-update.js";
import { lostWakeUp } from "./lost-wake-up.js";
import { stampede } from "./stampede.js";
import { timeoutLeak } from "./timeout-leak.js";

/** Bugs that every concurrent program has had once. */
export const gallery: readonly Bug[] = [
  lostUpdate,
  checkThenAct,
  stampede,
  abba,
  boundedQueues,
  lostWakeUp,
  ifNotWhile,
  doubleRelease,
  barging,
  cancelGrant,
  timeoutLeak,
];
