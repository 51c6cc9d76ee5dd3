import { defineTasks } from "../../../dist/executor/index.js";
import { inputs, numbersFrom } from "./entry.js";

const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2));

export const tasks = defineTasks(import.meta.url, {
  fib,
  increment: (n) => n + 1,
  matrix: (seed) => {
    const size = 90;
    const next = numbersFrom(seed);
    const a = Float64Array.from({ length: size * size }, next);
    const b = Float64Array.from({ length: size * size }, next);
    let trace = 0;
    for (let i = 0; i < size; i += 1)
      for (let j = 0; j < size; j += 1) {
        let sum = 0;
        for (let k = 0; k < size; k += 1) sum += a[i * size + k] * b[k * size + j];
        if (i === j) trace += sum;
      }
    return trace;
  },
  sortMany: (seed) => Float64Array.from({ length: 100_000 }, numbersFrom(seed)).toSorted()[50_000],
  sum: (numbers) => numbers.reduce((sum, n) => sum + n, 0),
  fill: (seed) => Float64Array.from({ length: 100_000 }, numbersFrom(seed)),
  factors: (n) => {
    const found = [];
    for (let p = 2; p * p <= n; p += 1) for (; n % p === 0; n /= p) found.push(p);
    return n > 1 ? [...found, n] : found;
  },
});

/** @type {import("./entry.js").Entry[]} */
export const entries = [
  { name: "fib-25", task: tasks.fib, inputs: () => inputs(400, () => 25) },
  { name: "tiny-increment", task: tasks.increment, inputs: () => inputs(300_000, (i) => i) },
  { name: "matrix-90", task: tasks.matrix, inputs: () => inputs(400, (i) => i) },
  { name: "sort-100k-numbers", task: tasks.sortMany, inputs: () => inputs(50, (i) => i) },
  {
    name: "sum-of-100k-doubles",
    task: tasks.sum,
    inputs: () => {
      const arrays = inputs(5, (i) => Float64Array.from({ length: 100_000 }, numbersFrom(i)));
      return inputs(600, (i) => arrays[i % arrays.length]);
    },
  },
  { name: "make-100k-doubles", task: tasks.fill, inputs: () => inputs(300, (i) => i) },
  {
    name: "factors-of-20-bits",
    task: tasks.factors,
    inputs: () => inputs(60_000, (i) => 1_000_003 + i),
  },
];
