import * as fc from "fast-check";
import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { host, type Permit } from "../core/index.js";
import { Condition } from "./condition.js";
import { Lock } from "./lock.js";

const turn = (): Promise<void> => new Promise((resolve) => host.soon(resolve));
const GONE = new Error("gone");

/** Where a caller stands: in line for the lock, holding it, on the condition, back in line, or gone. */
type Place = "in line" | "holding" | "waiting" | "retaking" | "out";

interface Caller {
  readonly controller: AbortController;
  place: Place;
  /** Its scope is cancelled. */
  cancelled: boolean;
  /** It holds a notification that it has not used. */
  notified: boolean;
  /** How its last wait on the condition should end, and how it ended. */
  expected: string;
  seen: string;
  permit: Permit | undefined;
}

/** Lock and condition, told slowly. */
class Model {
  holder: Caller | undefined;
  line: Caller[] = [];
  waiting: Caller[] = [];

  queueUp(caller: Caller, place: "in line" | "retaking"): void {
    caller.place = place;
    this.line.push(caller);
    this.settle();
  }

  free(): void {
    this.holder = undefined;
    this.settle();
  }

  notify(): void {
    const first = this.waiting.shift();
    if (first === undefined) return;
    first.notified = true;
    this.queueUp(first, "retaking");
  }

  cancel(caller: Caller): void {
    if (caller.cancelled) return;
    caller.cancelled = true;
    if (caller.place === "in line") {
      caller.place = "out";
      caller.expected = "refused";
      this.line = this.line.filter((other) => other !== caller);
    } else if (caller.place === "waiting") {
      this.waiting = this.waiting.filter((other) => other !== caller);
      this.queueUp(caller, "retaking");
    }
  }

  settle(): void {
    if (this.holder !== undefined) return;
    const next = this.line.shift();
    this.holder = next;
    if (next === undefined) return;
    const retaken = next.place === "retaking";
    next.place = "holding";
    if (!retaken) return;
    next.expected = next.cancelled ? "cancelled" : "notified";
    if (next.cancelled && next.notified) this.notify();
    next.notified = false;
  }
}

const step = fc.tuple(
  fc.constantFrom("enter", "enter", "wait", "wait", "notify", "notifyAll", "cancel", "release"),
  fc.nat(1_000),
);

// A wait takes several microtasks to get from a notification to the lock: the model has no time in
// between, so each step is followed by a turn. The races inside a turn have tests of their own.
async function play(steps: [string, number][]): Promise<void> {
  const lock = new Lock();
  const condition = new Condition(lock);
  const model = new Model();
  const callers: Caller[] = [];

  const enter = (): void => {
    const controller = new AbortController();
    const caller: Caller = {
      controller,
      place: "in line",
      cancelled: false,
      notified: false,
      expected: "",
      seen: "",
      permit: undefined,
    };
    callers.push(caller);
    model.queueUp(caller, "in line");
    lock.acquire({ signal: controller.signal }).then(
      (permit) => (caller.permit = permit),
      () => (caller.seen = "refused"),
    );
  };
  const wait = (caller: Caller): void => {
    caller.seen = "";
    caller.expected = "";
    if (caller.cancelled) caller.expected = "cancelled";
    else {
      caller.place = "waiting";
      model.waiting.push(caller);
      model.free();
    }
    condition.wait({ signal: caller.controller.signal }).then(
      () => (caller.seen = "notified"),
      (reason: unknown) => (caller.seen = reason === GONE ? "cancelled" : "failed"),
    );
  };
  const release = (caller: Caller): void => {
    caller.place = "out";
    model.free();
    caller.permit?.release();
  };
  const agree = async (): Promise<void> => {
    await turn();
    const locked = model.holder !== undefined;
    expect(lock.stats()).toEqual({ locked, waiting: model.line.length });
    expect(condition.stats()).toEqual({ waiting: model.waiting.length });
    expect(callers.map((caller) => caller.seen)).toEqual(callers.map((caller) => caller.expected));
  };

  for (const [what, n] of steps) {
    const caller = callers[n % callers.length];
    if (what === "enter") enter();
    else if (what === "wait" && model.holder) wait(model.holder);
    else if (what === "release" && model.holder) release(model.holder);
    else if (what === "cancel" && caller) {
      model.cancel(caller);
      caller.controller.abort(GONE);
    } else if (what === "notify") {
      model.notify();
      condition.notify();
    } else if (what === "notifyAll") {
      for (let count = model.waiting.length; count > 0; count -= 1) model.notify();
      condition.notifyAll();
    }
    await agree();
  }
  for (const caller of callers) {
    model.cancel(caller);
    caller.controller.abort(GONE);
    await agree();
  }
  while (model.holder !== undefined) {
    release(model.holder);
    await agree();
  }
  for (const { controller } of callers)
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
}

test("whoever enters, waits, notifies, is cancelled and leaves: lock and notifications are conserved", async () => {
  const schedule = fc.array(step, { maxLength: 40 });
  await fc.assert(fc.asyncProperty(schedule, play), { numRuns: 1_000 });
});
