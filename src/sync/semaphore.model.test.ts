import fc from "fast-check";
import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { host, type Permit } from "../core/index.js";
import { Semaphore } from "./semaphore.js";

const turn = (): Promise<void> => new Promise((resolve) => host.soon(resolve));
const GONE = new Error("gone");

type State = "waiting" | "granted" | "cancelled" | "released";

/** A caller of the real semaphore: `seen` is what its promise told, `state` what the model says. */
interface Caller {
  readonly weight: number;
  readonly controller: AbortController;
  state: State;
  seen: State;
  permit: Permit | undefined;
}

/** The semaphore, told slowly: a counter, and a line of which the head goes in when it fits. */
class Model {
  available: number;
  line: Caller[] = [];

  constructor(permits: number) {
    this.available = permits;
  }

  arrive(caller: Caller): void {
    this.line.push(caller);
    this.settle();
  }

  leave(caller: Caller): void {
    if (caller.state !== "waiting") return;
    caller.state = "cancelled";
    this.line = this.line.filter((other) => other !== caller);
    this.settle();
  }

  release(caller: Caller): void {
    if (caller.state === "granted") this.available += caller.weight;
    caller.state = "released";
    this.settle();
  }

  settle(): void {
    for (let head = this.line[0]; head && head.weight <= this.available; head = this.line[0]) {
      this.available -= head.weight;
      head.state = "granted";
      this.line.shift();
    }
  }
}

const step = fc.tuple(
  fc.constantFrom("acquire", "acquire", "try", "aborted", "cancel", "cancel", "release", "turn"),
  fc.nat(1_000),
);

/** Calls, cancels and releases as `steps` say, and compares with the model after each. */
async function play(permits: number, steps: [string, number][]): Promise<void> {
  const semaphore = new Semaphore(permits);
  const model = new Model(permits);
  const callers: Caller[] = [];
  const refused: Promise<void>[] = [];

  const acquire = (weight: number): void => {
    const controller = new AbortController();
    const caller: Caller = {
      weight,
      controller,
      state: "waiting",
      seen: "waiting",
      permit: undefined,
    };
    callers.push(caller);
    model.arrive(caller);
    semaphore.acquire({ weight, signal: controller.signal }).then(
      (permit) => {
        caller.seen = "granted";
        caller.permit = permit;
      },
      (reason: unknown) => {
        if (reason === GONE) caller.seen = "cancelled";
      },
    );
  };
  const tryAcquire = (weight: number): void => {
    const free = model.line.length === 0 && weight <= model.available;
    const permit = semaphore.tryAcquire(weight);
    expect(permit !== undefined).toBe(free);
    if (permit === undefined) return;
    const controller = new AbortController();
    model.available -= weight;
    callers.push({ weight, controller, state: "granted", seen: "granted", permit });
  };
  const agree = (): void => {
    const waiting = model.line.length;
    expect(semaphore.stats()).toEqual({ permits, available: model.available, waiting });
  };
  const drain = async (): Promise<void> => {
    await turn();
    for (const { seen, state } of callers) {
      if (seen !== state && state !== "released") expect(seen).toBe(state);
    }
  };

  for (const [what, n] of steps) {
    const weight = 1 + (n % permits);
    const caller = callers[n % callers.length];
    if (what === "acquire") acquire(weight);
    else if (what === "try") tryAcquire(weight);
    else if (what === "turn") await drain();
    else if (what === "aborted") {
      const refusing = semaphore.acquire({ weight, signal: AbortSignal.abort(GONE) });
      refused.push(expect(refusing).rejects.toBe(GONE));
    } else if (what === "cancel" && caller) {
      model.leave(caller);
      caller.controller.abort(GONE);
    } else if (what === "release" && caller?.permit) {
      model.release(caller); // again, for those that have released before: that does nothing
      caller.permit.release();
    }
    agree();
  }
  await drain();
  for (const caller of callers) {
    if (caller.state === "waiting") {
      model.leave(caller);
      caller.controller.abort(GONE);
    }
  }
  await drain();
  for (const caller of callers) caller.permit?.release();
  expect(semaphore.stats()).toEqual({ permits, available: permits, waiting: 0 });
  for (const { controller } of callers)
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  await Promise.all(refused);
}

test("whatever is acquired, cancelled and released: permits are conserved, FIFO, nobody barges in", async () => {
  const schedule = fc.array(step, { maxLength: 60 });
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 5 }), schedule, play), {
    numRuns: 2_000,
  });
});
