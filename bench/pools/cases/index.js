import bufferCopy from "./buffer-copy.js";
import bufferTransfer from "./buffer-transfer.js";
import cold from "./cold.js";
import coldProcess from "./cold-process.js";
import echo182 from "./echo-182.js";
import echo8k from "./echo-8k.js";
import fib27 from "./fib27.js";
import idleRss from "./idle-rss.js";
import map1m from "./map-1m.js";
import noop from "./noop.js";
import ping from "./ping.js";
import pingIdle from "./ping-idle.js";
import processNoop from "./process-noop.js";
import string1m from "./string-1m.js";

/** @type {import("../../harness/case.js").Case[]} */
export const cases = [
  noop,
  ping,
  pingIdle,
  echo182,
  echo8k,
  bufferCopy,
  bufferTransfer,
  string1m,
  fib27,
  map1m,
  processNoop,
  cold,
  coldProcess,
  idleRss,
];
