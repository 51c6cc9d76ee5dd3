import { defineTasks } from "../../../dist/executor/index.js";
import { inputs, numbersFrom } from "./entry.js";

const SIDE = 256;

export const tasks = defineTasks(import.meta.url, {
  blur: (pixels) => {
    const out = new Uint8Array(pixels.length);
    for (let y = 2; y < SIDE - 2; y += 1)
      for (let x = 2; x < SIDE - 2; x += 1)
        for (let c = 0; c < 3; c += 1) {
          let sum = 0;
          for (let dy = -2; dy <= 2; dy += 1)
            for (let dx = -2; dx <= 2; dx += 1) sum += pixels[((y + dy) * SIDE + x + dx) * 4 + c];
          out[(y * SIDE + x) * 4 + c] = sum / 25;
        }
    return out;
  },
  histogram: (pixels) => {
    const counts = new Array(256).fill(0);
    for (let i = 0; i < pixels.length; i += 16) counts[pixels[i]] += 1;
    return counts;
  },
});

const pictures = (count) =>
  inputs(count, (i) => {
    const next = numbersFrom(i);
    return Uint8Array.from({ length: SIDE * SIDE * 4 }, () => next() * 256);
  });

/** @type {import("./entry.js").Entry[]} */
export const entries = [
  {
    name: "image-blur",
    task: tasks.blur,
    inputs: () => {
      const some = pictures(4);
      return inputs(60, (i) => some[i % some.length]);
    },
  },
  {
    name: "image-histogram",
    task: tasks.histogram,
    inputs: () => {
      const some = pictures(4);
      return inputs(3000, (i) => some[i % some.length]);
    },
  },
];
