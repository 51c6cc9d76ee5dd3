import { aba } from "./aba.js";
import { abba } from "./abba.js";
import { barging } from "./barging.js";
import { boundedQueues } from "./bounded-queues.js";
import { cancelGrant } from "./cancel-grant.js";
import { checkThenAct } from "./check-then-act.js";
import { closedMeanwhile } from "./closed-meanwhile.js";
import { commitAfterCancel } from "./commit-after-cancel.js";
import { doubleRelease } from "./double-release.js";
import { ifNotWhile } from "./if-not-while.js";
import { joinUnderLock } from "./join-under-lock.js";
import { lostUpdate } from "./lost-update.js";
import { lostWakeUp } from "./lost-wake-up.js";
import { movingList } from "./moving-list.js";
import { permitLeak } from "./permit-leak.js";
import { philosophers } from "./philosophers.js";
import { politeness } from "./politeness.js";
import { staleAnswer } from "./stale-answer.js";
import { stampede } from "./stampede.js";
import { timeoutLeak } from "./timeout-leak.js";
import { tornRead } from "./torn-read.js";
import { twoAnswers } from "./two-answers.js";
import { unheard } from "./unheard.js";
import { upgrade } from "./upgrade.js";
import type { Bug } from "./bug.js";

/** Bugs that every concurrent program has had once. */
export const gallery: readonly Bug[] = [
  lostUpdate,
  checkThenAct,
  stampede,
  twoAnswers,
  tornRead,
  aba,
  movingList,
  staleAnswer,
  abba,
  philosophers,
  upgrade,
  joinUnderLock,
  boundedQueues,
  lostWakeUp,
  ifNotWhile,
  doubleRelease,
  barging,
  cancelGrant,
  commitAfterCancel,
  timeoutLeak,
  permitLeak,
  closedMeanwhile,
  unheard,
  politeness,
];
