/** What weftwork promises of `weft map`. @type {import("../harness/targets.js").Target[]} */
export const targets = [
  { case: "trivial", text: "250,000 lines/s", atMost: 4_000 },
  { case: "trivial", text: "half of a bare loop", of: "raw", atMost: 2 },
  { case: "small", text: "50 x xargs, a process per item", of: "xargs -P", atMost: 1 / 50 },
  { case: "small", text: "50 x GNU parallel", of: "GNU parallel", atMost: 1 / 50 },
  { case: "compute", text: "within 10 % of two bare processes", of: "raw", atMost: 1.1 },
  { case: "memory", text: "no more for ten times the lines", of: "a tenth", atMost: 1.25 },
];
