import { types } from "./node-util.js";

const MOST = 100;

/**
 * The prototypes of an object, the nearest first. It ends before a proxy, whose traps could run foreign
 * code without end, which is also why nothing here uses `instanceof`.
 */
export function prototypesOf(value: object): object[] {
  const found: object[] = [];
  let next = Object.getPrototypeOf(value) as object | null;
  while (next !== null && !types.isProxy(next) && found.length < MOST) {
    found.push(next);
    next = Object.getPrototypeOf(next) as object | null;
  }
  return found;
}
