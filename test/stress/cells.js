import { sleep } from "../../dist/index.js";

/** Plain memory that all threads of a stress share: wrong as soon as two of them meet in it. */
export const CELL = { value: 0, repairs: 1, gaveUp: 2, tallies: 16 };

export const newCells = () => new Int32Array(new SharedArrayBuffer(1024));

/** Starting a thread takes a while, and longer on a busy machine. */
export async function allBegun(tallies) {
  while (!tallies.every((n) => n > 0)) await sleep(5);
}

export const sum = (cells) => cells.reduce((total, n) => total + n, 0);

export function claim(holds, text) {
  if (!holds) throw new Error(text);
}
