import { performance } from "node:perf_hooks";
import { workerData } from "node:worker_threads";
import { byName } from "../tasks/by-name.js";
import { ANSWERED, ASLEEP, place, REQUESTED, RUNG, views } from "./ring-layout.js";

const SPIN_MS = 0.03;

const { memory, names, port } = workerData;
const { control, requests, answers } = views(memory);
const functions = names.map((name) => byName.get(name));
let done = 0; // requests taken and answered; the worker runs behind REQUESTED

for (;;) {
  const requested = awaitRequests();
  while (done !== requested) answerNext();
  Atomics.store(control, ANSWERED, done);
  if (Atomics.exchange(control, RUNG, 1) === 0) port.postMessage(0);
}

/** Looks for a while, then sleeps. Returns how far main has published. */
function awaitRequests() {
  const untilMs = performance.now() + SPIN_MS;
  do {
    for (let look = 0; look < 50; look++) {
      const requested = Atomics.load(control, REQUESTED);
      if (requested !== done) return requested;
    }
  } while (performance.now() < untilMs);
  // Main publishes first and asks whether we sleep second; we say so first and look second.
  Atomics.store(control, ASLEEP, 1);
  Atomics.wait(control, REQUESTED, done);
  Atomics.store(control, ASLEEP, 0);
  return Atomics.load(control, REQUESTED);
}

function answerNext() {
  const at = place(done);
  let failed = 0;
  let value = 0;
  try {
    value = functions[requests[at]](toInteger(requests[at + 1]));
  } catch {
    failed = 1;
  }
  answers[at] = failed;
  answers[at + 1] = value;
  done = (done + 1) | 0;
}

/** What is read from shared memory is a double on the heap; integers are made small again. */
function toInteger(value) {
  const integer = value | 0;
  return integer === value ? integer : value;
}
