/**
 * What the simulated threads of a run share about the run itself: whose turn it is, who sleeps where, which choices
 * were made. Only the thread whose turn it is touches it, so plain reads and writes do.
 */
export const MOST_NODES = 64;
const NODE_WORDS = 4;
export const MOST_CHOICES = 8192;

/** Words of the control memory. */
export const C = {
  turn: 0,
  threads: 1,
  /** Set by what ended the run before its threads did. */
  verdict: 2,
  steps: 3,
  mostSteps: 4,
  random: 5,
  preemptions: 6,
  mostPreemptions: 7,
  prefix: 8,
  made: 9,
  nodes: 10,
  mayDie: 11, // a set of threads
  dead: 12, // the one that has died, plus one
  buried: 13,
  /** Nonzero: it dies after so many accesses, if it makes so many; zero: at any. */
  dieAfter: 14,
  /** Nonzero: a thread goes on mostly, so that runs with few changes of turn get far. */
  calm: 15,
  state: 16,
  timers: 24,
  ids: 32,
  node: 64,
  /** After MOST_NODES nodes. */
  choice: 320,
  /** After MOST_CHOICES choices. */
  plain: 8512,
} as const;

const PLAIN_WORDS = 32;
export const CONTROL_BYTES: number = (C.plain + PLAIN_WORDS) * 4;

/** Whose turn it is when it is nobody's. */
export const NOBODY = -1;

export const STATE = {
  runs: 0,
  /** Blocks in a sleep. */
  sleeps: 1,
  /** The same, and may be told that time is up. */
  sleepsForATime: 2,
  /** Its event loop has nothing to do until something wakes it. */
  idle: 3,
  ended: 4,
  /** Has done its part, and hears of wake-ups still; the first cleans up after the dead. */
  lingers: 5,
} as const;

/** Of a sleep: who, where, and what became of it. */
export const NODE = { thread: 0, place: 1, fate: 2, async: 3 } as const;
export const FATE = { asleep: 0, woken: 1, timedOut: 2, over: 3 } as const;

export const VERDICT = { none: 0, deadlock: 1, tooLong: 2 } as const;

export function nodeAt(node: number): number {
  return C.node + node * NODE_WORDS;
}
