import channel1k from "./channel-1k.js";
import channel64k from "./channel-64k.js";
import channelJson from "./channel-json.js";
import lockAsync from "./lock-async.js";
import lockContended from "./lock-contended.js";
import lockSync from "./lock-sync.js";
import wakeFirst from "./wake-first.js";
import wake from "./wake.js";

/** @type {import("../../harness/case.js").Case[]} */
export const cases = [
  lockSync,
  lockContended,
  lockAsync,
  channel1k,
  channel64k,
  channelJson,
  wake,
  wakeFirst,
];
