import { C, FATE, NODE, nodeAt, STATE } from "./control.js";

/** What its event loop may hear of now: a timer, a wake-up, a death that nobody has cleaned up after. */
export function eventsOf(control: Int32Array, thread: number): ("timer" | "wake-up" | "death")[] {
  const events: ("timer" | "wake-up" | "death")[] = [];
  if (control[C.state + thread] !== STATE.lingers && control[C.timers + thread]! > 0)
    events.push("timer");
  if (thread === 0 && control[C.dead] !== 0 && control[C.buried] === 0) events.push("death");
  for (let node = 0; node < control[C.nodes]!; node += 1) {
    const at = nodeAt(node);
    if (control[at + NODE.thread] !== thread || control[at + NODE.async] !== 1) continue;
    if (control[at + NODE.fate] === FATE.woken) return [...events, "wake-up"];
  }
  return events;
}

/** What became of the sleep in which a thread blocks. */
export function fateOfSleep(control: Int32Array, thread: number): number {
  const at = sleepOf(control, thread);
  return at === undefined ? FATE.over : control[at + NODE.fate]!;
}

export function timeOut(control: Int32Array, thread: number): void {
  control[sleepOf(control, thread)! + NODE.fate] = FATE.timedOut;
}

function sleepOf(control: Int32Array, thread: number): number | undefined {
  for (let node = control[C.nodes]! - 1; node >= 0; node -= 1) {
    const at = nodeAt(node);
    if (control[at + NODE.thread] === thread && control[at + NODE.async] === 0) return at;
  }
  return undefined;
}
