import { C, FATE, MOST_NODES, NODE, nodeAt, STATE } from "./control.js";
import { passTime } from "./simulated-host.js";
import type { Turnstile } from "./turnstile.js";

/**
 * Stands in the place of `src/shared/memory.ts`: the same functions, but before each of them another thread may
 * go on, and sleep is only told, so that a run can be repeated choice by choice.
 */

let turnstile: Turnstile;

export function useTurnstile(next: Turnstile): void {
  turnstile = next;
}

/** The choices of the run: another thread may go on here, as at an access to memory. */
export function step(): void {
  turnstile.step();
}

/** The same place has the same number in each thread: an object's memory has its number at its head. */
function placeOf(words: Int32Array, at: number): number {
  return words[1]! * 4096 + at;
}

export function load(words: Int32Array, at: number): number {
  turnstile.step();
  return words[at]!;
}

export function store(words: Int32Array, at: number, value: number): void {
  turnstile.step();
  words[at] = value;
}

export function compareExchange(
  words: Int32Array,
  at: number,
  expected: number,
  value: number,
): number {
  turnstile.step();
  const found = words[at]!;
  if (found === expected) words[at] = value;
  return found;
}

export function exchange(words: Int32Array, at: number, value: number): number {
  turnstile.step();
  const found = words[at]!;
  words[at] = value;
  return found;
}

export function add(words: Int32Array, at: number, value: number): number {
  turnstile.step();
  const found = words[at]!;
  words[at] = found + value;
  return found;
}

function fallAsleep(words: Int32Array, at: number, async: 0 | 1): number {
  const { control, self } = turnstile;
  const node = control[C.nodes]!;
  if (node === MOST_NODES) throw new Error("more sleeps than a run has room for");
  control[C.nodes] = node + 1;
  const place = nodeAt(node);
  control[place + NODE.thread] = self;
  control[place + NODE.place] = placeOf(words, at);
  control[place + NODE.fate] = FATE.asleep;
  control[place + NODE.async] = async;
  return place;
}

export function sleep(
  words: Int32Array,
  at: number,
  value: number,
  timeoutMs: number,
): "ok" | "not-equal" | "timed-out" {
  turnstile.step();
  if (words[at] !== value) return "not-equal";
  const node = fallAsleep(words, at, 0);
  turnstile.pass(timeoutMs === Infinity ? STATE.sleeps : STATE.sleepsForATime);
  const woken = turnstile.control[node + NODE.fate] === FATE.woken;
  turnstile.control[node + NODE.fate] = FATE.over;
  if (!woken) passTime(timeoutMs);
  return woken ? "ok" : "timed-out";
}

const awaited = new Map<number, (how: "ok") => void>();

export function sleepAsync(
  words: Int32Array,
  at: number,
  value: number,
): { async: false; value: "not-equal" } | { async: true; value: Promise<"ok"> } {
  turnstile.step();
  if (words[at] !== value) return { async: false, value: "not-equal" };
  const node = fallAsleep(words, at, 1);
  return { async: true, value: new Promise((resolve) => awaited.set(node, resolve)) };
}

export function wake(words: Int32Array, at: number, count: number): number {
  turnstile.step();
  const { control } = turnstile;
  const place = placeOf(words, at);
  let woken = 0;
  for (let i = 0; i < control[C.nodes]! && woken < count; i += 1) {
    const node = nodeAt(i);
    if (control[node + NODE.place] !== place || control[node + NODE.fate] !== FATE.asleep) continue;
    control[node + NODE.fate] = FATE.woken;
    woken += 1;
  }
  return woken;
}

/** Lets one wake-up of this thread arrive as an event. False if there is none. */
export function deliverOne(): boolean {
  const { control, self } = turnstile;
  for (let i = 0; i < control[C.nodes]!; i += 1) {
    const node = nodeAt(i);
    const isOurs = control[node + NODE.thread] === self && control[node + NODE.async] === 1;
    if (!isOurs || control[node + NODE.fate] !== FATE.woken) continue;
    control[node + NODE.fate] = FATE.over;
    awaited.get(node)?.("ok");
    return awaited.delete(node);
  }
  return false;
}

export function forgetSleeps(): void {
  awaited.clear();
}
