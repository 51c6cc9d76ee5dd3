const inProcesses = (named, of, times) => [
  { case: "process-noop", text: `${times} x ${named}`, of, atMost: 1 / times },
  { case: "process-noop", text: `60 x ${named}`, of, atMost: 1 / 60, aim: true },
];

/** What weftwork promises about its executors. @type {import("../harness/targets.js").Target[]} */
export const targets = [
  { case: "noop", text: "10 x the fastest peer", of: "*", atMost: 1 / 10 },
  { case: "noop", text: "20 x the fastest peer", of: "*", atMost: 1 / 20, aim: true },
  { case: "noop", text: "half of the raw ring", of: "raw", atMost: 2, aim: true },
  { case: "ping", text: "p50 5 x shorter than the best peer", of: "*", atMost: 1 / 5 },
  { case: "ping", text: "the raw ring's p50", of: "raw", atMost: 1, aim: true },
  { case: "echo-182", text: "3 x the fastest peer", of: "*", atMost: 1 / 3 },
  { case: "echo-182", text: "5 x the fastest peer", of: "*", atMost: 1 / 5, aim: true },
  { case: "echo-8k", text: "no slower than the fastest peer", of: "*", atMost: 1 },
  { case: "buffer-copy", text: "no slower than the fastest peer", of: "*", atMost: 1 },
  { case: "buffer-transfer", text: "no slower than the fastest peer", of: "*", atMost: 1 },
  { case: "string-1m", text: "2 x the fastest peer", of: "*", atMost: 1 / 2 },
  { case: "string-1m", text: "4 x the fastest peer", of: "*", atMost: 1 / 4, aim: true },
  { case: "fib27", text: "no slower than the fastest peer", of: "*", atMost: 1 },
  { case: "fib27", text: "97 % of two message-free loops", of: "raw", atMost: 1 / 0.97, aim: true },
  { case: "map-1m", text: "3M items/s, or the next line", atMost: 1_000 / 3 },
  { case: "map-1m", text: "half of Python's Pool.map", of: "python Pool", atMost: 2 },
  { case: "map-1m", text: "beyond Python's Pool.map", of: "python Pool", atMost: 1, aim: true },
  ...inProcesses("workerpool", "workerpool", 20),
  ...inProcesses("jest-worker", "jest-worker", 20),
  ...inProcesses("ProcessPoolExecutor", "python processes", 30),
  { case: "cold", text: "1.5 x a bare Worker at most", of: "raw", atMost: 1.5 },
  { case: "cold", text: "ahead of every npm pool", of: "npm", atMost: 1 },
  { case: "idle-rss", text: "8.5 MB at most", atMost: 8.5 },
];
