import { defineTasks } from "../../../dist/executor/index.js";
import { inputs, recordsOf } from "./entry.js";

export const tasks = defineTasks(import.meta.url, {
  parse: (text) => JSON.parse(text).length,
  make: (seed) => JSON.stringify(recordsOf(1500, seed)),
  rename: (records) => records.map((each) => ({ ...each, name: each.name.toUpperCase() })),
  validate: (record) =>
    typeof record.name === "string" &&
    record.score >= 0 &&
    record.tags.every((tag) => tag.length < 9),
});

/** @type {import("./entry.js").Entry[]} */
export const entries = [
  {
    name: "json-parse-1MB",
    task: tasks.parse,
    inputs: () => {
      const texts = inputs(5, (i) => JSON.stringify(recordsOf(9000, i)));
      return inputs(60, (i) => texts[i % texts.length]);
    },
  },
  { name: "json-make-150kB", task: tasks.make, inputs: () => inputs(250, (i) => i) },
  {
    name: "rename-2000-records",
    task: tasks.rename,
    inputs: () => {
      const lists = inputs(5, (i) => recordsOf(2000, i));
      return inputs(100, (i) => lists[i % lists.length]);
    },
  },
  {
    name: "validate-one-record",
    task: tasks.validate,
    inputs: () => inputs(60_000, (i) => recordsOf(1, i)[0]),
  },
];
