import * as fc from "fast-check";
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
  /** Cancelled together with others. */
  readonly inGroup: boolean;
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

  /** Those leave together, before anybody moves up. */
  leave(...leaving: Caller[]): void {
    for (const caller of leaving) if (caller.state === "waiting") caller.state = "cancelled";
    this.line = this.line.filter((caller) => caller.state === "waiting");
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
  fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom("acquire", "acquireInGroup", "cancel", "release") },
    { weight: 4, arbitrary: fc.constantFrom("try", "aborted", "turn", "cancelGroup") },
  ),
  fc.nat(1_000),
);

/** Calls, cancels and releases as `steps` say, and compares with the model after each. */
async function play(permits: number, steps: [string, number][]): Promise<void> {
  const semaphore = new Semaphore(permits);
  const model = new Model(permits);
  const callers: Caller[] = [];
  let group = new AbortController();
  const refused: Promise<unknown>[] = [];

  const acquire = (weight: number, inGroup: boolean): void => {
    const controller = inGroup ? group : new AbortController();
    const none = { seen: "waiting", state: "waiting", permit: undefined } as const;
    const caller: Caller = { weight, controller, inGroup, ...none };
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
    const held = { seen: "granted", state: "granted", permit } as const;
    callers.push({ weight, controller, inGroup: false, ...held });
  };
  const agree = (): void => {
    const waiting = model.line.length;
    expect(semaphore.stats()).toEqual({ permits, available: model.available, waiting });
  };
  const drain = async (): Promise<void> => {
    await turn();
    const told = callers.filter(({ state }) => state !== "released");
    expect(told.map(({ seen }) => seen)).toEqual(told.map(({ state }) => state));
  };

  for (const [what, n] of steps) {
    const weight = 1 + (n % permits);
    const caller = callers[n % callers.length];
    if (what === "acquire") acquire(weight, false);
    else if (what === "acquireInGroup") acquire(weight, true);
    else if (what === "cancelGroup") {
      model.leave(...callers.filter((caller) => caller.controller === group));
      group.abort(GONE);
      group = new AbortController();
    } else if (what === "try") tryAcquire(weight);
    else if (what === "turn") await drain();
    else if (what === "aborted") {
      const refusing = semaphore.acquire({ weight, signal: AbortSignal.abort(GONE) });
      refused.push(refusing.then(String, (reason: unknown) => reason));
    } else if (what === "cancel" && caller?.inGroup === false) {
      model.leave(caller);
      caller.controller.abort(GONE);
    } else if (what === "release" && caller?.permit) {
      model.release(caller); // again, for those that have released before: that does nothing
      caller.permit.release();
    }
    agree();
  }
  await drain();
  for (const { controller } of callers) {
    model.leave(...callers.filter((caller) => caller.controller === controller));
    controller.abort(GONE);
  }
  await drain();
  for (const caller of callers) caller.permit?.release();
  expect(semaphore.stats()).toEqual({ permits, available: permits, waiting: 0 });
  for (const { controller } of callers)
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  expect((await Promise.all(refused)).filter((reason) => reason !== GONE)).toEqual([]);
}

test("whatever is acquired, cancelled and released: permits are conserved, FIFO, nobody barges in", async () => {
  const schedule = fc.array(step, { maxLength: 60 });
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 5 }), schedule, play), {
    numRuns: 2_000,
  });
});
