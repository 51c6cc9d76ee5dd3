/** What weftwork promises about the speed of explorations. @type {import("../harness/targets.js").Target[]} */
export const targets = [
  { case: "step", text: "20 us at most", atMost: 20 },
  { case: "step", text: "no slower than fast-check", of: "fast-check", atMost: 1, aim: true },
  { case: "idle", text: "5 ms at most", atMost: 5 },
  { case: "minutes", text: "5 ms at most", atMost: 5, aim: true },
];
