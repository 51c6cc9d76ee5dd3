/** What weftwork promises about `weftwork/shared`. @type {import("../harness/targets.js").Target[]} */
export const targets = [
  { case: "lock-sync", text: "1.3 x two compare-and-swaps", of: "raw", atMost: 1.3 },
  {
    case: "lock-sync",
    text: "5 x faster than multithreading",
    of: "multithreading",
    atMost: 1 / 5,
  },
  { case: "lock-contended", text: "no slower than a raw spin lock", of: "raw", atMost: 1 },
  { case: "lock-async", text: "250 ns", atMost: 250 },
  { case: "channel-1k", text: "4 x MessagePort", of: "MessagePort", atMost: 1 / 4 },
  { case: "channel-64k", text: "1.7 x MessagePort", of: "MessagePort", atMost: 1 / 1.7 },
  { case: "channel-json", text: "1.4 x MessagePort", of: "MessagePort", atMost: 1 / 1.4 },
  { case: "wake", text: "1.2 x a bare notify", of: "raw", atMost: 1.2 },
];
