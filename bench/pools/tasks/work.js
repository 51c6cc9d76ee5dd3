/** What every pool is given to do. One argument, one result, nothing from outside. */
import { threadId } from "node:worker_threads";

export const noop = (value) => value;

export const echo = (value) => value;

export function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

export const square = (value) => value * value;

/** A chunk of the map, for pools that have no map. */
export const squareAll = (values) => values.map((value) => value * value);

/** Tells that the whole buffer has come, and which one. */
export function digest(buffer) {
  const bytes = new Uint8Array(buffer);
  return bytes.length + bytes[0] + bytes[bytes.length - 1];
}

/** Holds its worker for a while, so that the next call goes to another one. */
export function whoAreYou(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  return threadId || process.pid;
}
