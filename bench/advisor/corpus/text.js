import { defineTasks } from "../../../dist/executor/index.js";
import { inputs, numbersFrom, textOf } from "./entry.js";

const LINE = /^(\w+) (\d+)(?:\s+(\w+)\s+(\d+))?.*?(error|timeout)?$/gm;

export const tasks = defineTasks(import.meta.url, {
  grepLog: (text) => [...text.matchAll(LINE)].filter(([, , , , , what]) => what).length,
  backtrack: (text) => /^(a+)+$/.test(text),
  distance: ([a, b]) => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= b.length; j += 1)
        next.push(
          Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)),
        );
      row = next;
    }
    return row.at(-1);
  },
  upper: (text) => text.toUpperCase(),
});

/** @type {import("./entry.js").Entry[]} */
export const entries = [
  {
    name: "regex-over-log-50kB",
    task: tasks.grepLog,
    inputs: () => inputs(400, (i) => textOf(50_000, i)),
  },
  {
    name: "regex-backtracking",
    task: tasks.backtrack,
    inputs: () => inputs(60, (i) => `${"a".repeat(20 + (i % 2))}b`),
  },
  {
    name: "edit-distance-200",
    task: tasks.distance,
    inputs: () => inputs(1500, (i) => [textOf(200, i), textOf(200, i + 1)]),
  },
  {
    name: "tiny-upper-case",
    task: tasks.upper,
    inputs: () => {
      const next = numbersFrom(1);
      return inputs(200_000, () => `name ${Math.floor(next() * 1e9)}`);
    },
  },
];
