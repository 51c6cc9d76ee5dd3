/**
 * The shared memory of one worker: a ring of requests, a ring of answers, and a few words of control.
 * Main writes requests and REQUESTED; the worker writes answers, ANSWERED and ASLEEP. The positions
 * count entries and wrap as 32-bit integers do; an entry's place is its position modulo CAPACITY.
 */
export const CAPACITY = 4096; // a power of two

export const REQUESTED = 0; // requests that main has published
export const ANSWERED = 16; // answers that the worker has published; 64 bytes off: a cache line of its own
export const ASLEEP = 32; // 1: the worker waits on REQUESTED and must be notified
export const RUNG = 48; // 1: a message is on its way to main, which will look for answers

const CONTROL_BYTES = 256;
const ENTRY_BYTES = 16; // two doubles: which function and its input; failed or not and the result

export function allocate() {
  return new SharedArrayBuffer(CONTROL_BYTES + 2 * CAPACITY * ENTRY_BYTES);
}

export function views(memory) {
  return {
    control: new Int32Array(memory, 0, CONTROL_BYTES / 4),
    requests: new Float64Array(memory, CONTROL_BYTES, 2 * CAPACITY),
    answers: new Float64Array(memory, CONTROL_BYTES + CAPACITY * ENTRY_BYTES, 2 * CAPACITY),
  };
}

/** Where the entry with this position stands in `requests` or `answers`. */
export const place = (position) => (position & (CAPACITY - 1)) * 2;
