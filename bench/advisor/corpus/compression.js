import { promisify } from "node:util";
import { brotliCompressSync, constants, gunzipSync, gzip, gzipSync } from "node:zlib";
import { defineTasks } from "../../../dist/executor/index.js";
import { inputs, textOf } from "./entry.js";

const gzipAsync = promisify(gzip);
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

export const tasks = defineTasks(import.meta.url, {
  gzip: (text) => gzipSync(text).length,
  gzipAsync: async (text) => (await gzipAsync(text)).length,
  brotli: (text) => brotliCompressSync(text, quality).length,
  gunzip: (bytes) => gunzipSync(bytes).toString("latin1"),
});

/** @type {import("./entry.js").Entry[]} */
export const entries = [
  {
    name: "gzip-sync-100kB",
    task: tasks.gzip,
    inputs: () => inputs(150, (i) => textOf(100_000, i)),
  },
  {
    name: "gzip-async-100kB",
    task: tasks.gzipAsync,
    inputs: () => inputs(150, (i) => textOf(100_000, i)),
  },
  {
    name: "brotli-sync-20kB",
    task: tasks.brotli,
    inputs: () => inputs(300, (i) => textOf(20_000, i)),
  },
  {
    name: "gunzip-to-1MB",
    task: tasks.gunzip,
    inputs: () => {
      const packed = inputs(5, (i) => new Uint8Array(gzipSync(textOf(1_000_000, i))));
      return inputs(100, (i) => packed[i % packed.length]);
    },
  },
];
