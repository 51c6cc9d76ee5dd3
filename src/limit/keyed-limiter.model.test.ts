import * as fc from "fast-check";
import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { host, type Permit } from "../core/index.js";
import { KeyedLimiter } from "./keyed-limiter.js";

const turn = (): Promise<void> => new Promise((resolve) => host.soon(resolve));

interface Caller {
  readonly key: string;
  readonly controller: AbortController;
  state: "waiting" | "in" | "out";
  refused: boolean;
  permit: Permit | undefined;
}

/** The limiter, told slowly: who is in, who waits, and which keys could go in if there were a place. */
class Model {
  inside: Caller[] = [];
  line: Caller[] = [];
  /** The round: a key joins at the end when it could go in, and again after each turn. */
  round: string[] = [];
  readonly limit: number;
  readonly limitPerKey: number;

  constructor(limit: number, limitPerKey: number) {
    this.limit = limit;
    this.limitPerKey = limitPerKey;
  }

  hasPlace(key: string): boolean {
    return this.inside.filter((caller) => caller.key === key).length < this.limitPerKey;
  }

  review(key: string): void {
    const ready = this.hasPlace(key) && this.line.some((caller) => caller.key === key);
    if (!ready) this.round = this.round.filter((other) => other !== key);
    else if (!this.round.includes(key)) this.round.push(key);
  }

  arrive(caller: Caller): void {
    this.line.push(caller);
    this.review(caller.key);
    this.settle();
  }

  leave(caller: Caller): void {
    caller.state = "out";
    this.inside = this.inside.filter((other) => other !== caller);
    this.line = this.line.filter((other) => other !== caller);
    this.review(caller.key);
    this.settle();
  }

  settle(): void {
    while (this.inside.length < this.limit && this.round.length > 0) {
      const key = this.round.shift();
      const next = this.line.find((caller) => caller.key === key)!;
      this.line = this.line.filter((other) => other !== next);
      this.inside.push(next);
      next.state = "in";
      this.review(next.key);
    }
  }
}

const step = fc.tuple(
  fc.constantFrom("acquire", "acquire", "acquire", "try", "cancel", "release", "release", "turn"),
  fc.nat(1_000),
);
const limits = fc.integer({ min: 1, max: 4 });

async function play(limit: number, limitPerKey: number, steps: [string, number][]): Promise<void> {
  const limiter = new KeyedLimiter<string>({ limitPerKey, limit });
  const model = new Model(limit, limitPerKey);
  const callers: Caller[] = [];

  const newCaller = (key: string): Caller => {
    const controller = new AbortController();
    const caller: Caller = { key, controller, state: "waiting", refused: false, permit: undefined };
    callers.push(caller);
    return caller;
  };
  const acquire = (key: string): void => {
    const caller = newCaller(key);
    model.arrive(caller);
    limiter.acquire(key, caller.controller).then(
      (permit) => (caller.permit = permit),
      () => (caller.refused = true),
    );
  };
  const tryAcquire = (key: string): void => {
    const permit = limiter.tryAcquire(key);
    expect(permit !== undefined).toBe(model.inside.length < limit && model.hasPlace(key));
    if (permit === undefined) return;
    const caller = newCaller(key);
    model.arrive(caller);
    caller.permit = permit;
  };
  const agree = (): void => {
    const keys = new Set([...model.inside, ...model.line].map((caller) => caller.key)).size;
    const [running, waiting] = [model.inside.length, model.line.length];
    expect(limiter.stats()).toEqual({ keys, running, waiting });
  };
  const drain = async (): Promise<void> => {
    await turn();
    const told = ({ permit, refused }: Caller): boolean => permit !== undefined || refused;
    expect(callers.filter((caller) => told(caller) !== (caller.state !== "waiting"))).toEqual([]);
    expect(callers.filter((caller) => caller.refused && caller.state === "in")).toEqual([]);
  };

  for (const [what, n] of steps) {
    const key = "abcd"[n % 4]!;
    const caller = callers[n % callers.length];
    if (what === "acquire") acquire(key);
    else if (what === "try") tryAcquire(key);
    else if (what === "turn") await drain();
    else if (what === "cancel" && caller) {
      if (caller.state === "waiting") model.leave(caller);
      caller.controller.abort();
    } else if (what === "release" && caller?.permit) {
      if (caller.state === "in") model.leave(caller);
      caller.permit.release();
    }
    agree();
  }
  for (const caller of callers) {
    if (caller.state === "waiting") model.leave(caller);
    caller.controller.abort();
  }
  await drain();
  for (const { permit } of callers) permit?.release();
  expect(limiter.stats()).toEqual({ keys: 0, running: 0, waiting: 0 });
  const listeners = callers.map(({ controller }) => getEventListeners(controller.signal, "abort"));
  expect(listeners.flat()).toEqual([]);
}

test("whatever comes and goes: both limits hold, keys take turns, nobody barges in or is forgotten", async () => {
  const schedule = fc.array(step, { maxLength: 60 });
  await fc.assert(fc.asyncProperty(limits, limits, schedule, play), { numRuns: 2_000 });
});
