import * as fc from "fast-check";
import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { host } from "../core/index.js";
import { VirtualHost } from "../testing/index.js";
import { AdaptiveLimiter, type AdaptivePermit } from "./index.js";

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => void host.startTimer(resolve, ms));

interface Caller {
  readonly controller: AbortController;
  readonly cameMs: number;
  permit: AdaptivePermit | undefined;
  refusal: unknown;
  released: boolean;
}

const step = fc.tuple(
  fc.constantFrom("acquire", "acquire", "acquire", "try", "cancel", "release", "limit", "wait"),
  fc.nat(1_000),
);

async function play(capacity: number, steps: [string, number][]): Promise<void> {
  let wish = 2;
  const target = { update: (): number => wish };
  const setting = { target, min: 1, max: 6, initial: 2, capacity, intervalMs: 40, targetMs: 8 };
  const limiter = new AdaptiveLimiter(setting);
  const callers: Caller[] = [];
  const come = (): Caller => {
    const caller: Caller = {
      controller: new AbortController(),
      cameMs: host.nowMs(),
      permit: undefined,
      refusal: undefined,
      released: false,
    };
    callers.push(caller);
    return caller;
  };
  const holders = (): number => callers.filter((c) => c.permit && !c.released).length;
  const release = (caller: Caller): void => {
    caller.released = true;
    caller.permit?.release();
    caller.permit?.release(); // does nothing
  };
  const acquire = (): void => {
    const caller = come();
    limiter.acquire(caller.controller).then(
      (permit) => (caller.permit = permit),
      (error: unknown) => (caller.refusal = error),
    );
  };
  const tryAcquire = (): void => {
    const { limit, running, waiting } = limiter.stats();
    const permit = limiter.tryAcquire();
    expect(permit !== undefined).toBe(waiting === 0 && running < limit);
    if (permit !== undefined) come().permit = permit;
  };
  const agree = async (): Promise<void> => {
    await pause(0); // grants have arrived
    const { limit, running, waiting, refused } = limiter.stats();
    expect(running).toBe(holders());
    expect(waiting === 0 || running >= limit).toBe(true);
    expect(waiting).toBeLessThanOrEqual(capacity);
    const open = callers.filter((c) => c.permit === undefined && c.refusal === undefined);
    expect(waiting).toBe(open.length);
    for (const { cameMs } of open) expect(host.nowMs() - cameMs).toBeLessThanOrEqual(40);
    const shed = callers.filter((c) => (c.refusal as { code?: string })?.code === "OVERLOADED");
    expect(refused).toBe(shed.length);
    expect(callers.filter((c) => c.permit && c.refusal)).toEqual([]);
  };

  for (const [what, n] of steps) {
    const caller = callers[n % callers.length];
    if (what === "acquire") acquire();
    else if (what === "try") tryAcquire();
    else if (what === "limit") wish = 1 + (n % 6);
    else if (what === "wait") await pause(n % 30);
    else if (what === "cancel") caller?.controller.abort();
    else if (caller?.permit && !caller.released) release(caller);
    await agree();
  }
  await pause(41);
  expect(limiter.stats().waiting).toBe(0);
  for (const caller of callers) release(caller);
  expect(limiter.stats()).toMatchObject({ running: 0, waiting: 0, overloaded: false });
  const listeners = callers.map(({ controller }) => getEventListeners(controller.signal, "abort"));
  expect(listeners.flat()).toEqual([]);
}

test("whatever comes and goes, and however the limit moves: permits are conserved, and nobody waits in vain or for too long", async () => {
  const schedule = fc.array(step, { maxLength: 50 });
  const law = fc.asyncProperty(fc.nat(5), schedule, (capacity, steps) =>
    new VirtualHost().run(() => play(capacity, steps)),
  );
  await expect(fc.assert(law, { numRuns: 500 })).resolves.toBeUndefined();
});
