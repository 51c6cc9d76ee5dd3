import { createHash, pbkdf2, pbkdf2Sync } from "node:crypto";
import { readFileSync } from "node:fs";
import { defineTasks } from "../../../dist/executor/index.js";
import { inputs, textOf } from "./entry.js";

export const tasks = defineTasks(import.meta.url, {
  sha256: (text) => createHash("sha256").update(text).digest("hex"),
  sha256File: (path) => createHash("sha256").update(readFileSync(path)).digest("hex"),
  deriveSync: (password) => pbkdf2Sync(password, "salt", 8000, 32, "sha256").toString("hex"),
  deriveAsync: (password) =>
    new Promise((resolve, reject) => {
      pbkdf2(password, "salt", 8000, 32, "sha256", (error, key) =>
        error ? reject(error) : resolve(key.toString("hex")),
      );
    }),
});

/** @type {import("./entry.js").Entry[]} */
export const entries = [
  {
    name: "sha256-of-64kB-text",
    task: tasks.sha256,
    inputs: () => {
      const texts = inputs(20, (i) => textOf(65_536, i));
      return inputs(3000, (i) => texts[i % texts.length]);
    },
  },
  {
    name: "sha256-of-file",
    task: tasks.sha256File,
    inputs: ({ files }) => inputs(6000, (i) => files[i % files.length]),
  },
  { name: "pbkdf2-sync", task: tasks.deriveSync, inputs: () => inputs(120, (i) => `pass ${i}`) },
  { name: "pbkdf2-async", task: tasks.deriveAsync, inputs: () => inputs(120, (i) => `pass ${i}`) },
];
