import { expect, test } from "vitest";
import { CancelledError, host, NamedScope } from "../core/index.js";
import { sleep } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import type { Meter } from "./meter.js";
import { runSample } from "./run-sample.js";

/** In virtual time nothing computes. */
const idle: Meter = {
  read: () => ({ atMs: host.nowMs(), activeMs: 0, cpuMs: 0, queuedMs: 0 }),
};

test("calls are started for so long and no longer, and all that were started are waited for", async () => {
  await new VirtualHost().run(async () => {
    let running = 0;
    let most = 0;
    const call = async (): Promise<void> => {
      most = Math.max(most, (running += 1));
      await sleep(30);
      running -= 1;
    };
    const run = await runSample(call, [1, 2], { limit: 8, timeMs: 1000 }, idle);
    expect(running).toBe(0);
    expect(most).toBe(8);
    expect(host.nowMs()).toBeLessThanOrEqual(1000 + 2 * 30);
    expect(run.limit).toBe(8);
    expect(run.perSecond).toBeCloseTo(8 / 0.03, -1);
  });
});

test("a short sample is used again, and a long call is run once at least", async () => {
  await new VirtualHost().run(async () => {
    const inputs: number[] = [];
    const run = await runSample(
      async (n: number) => {
        inputs.push(n);
        await sleep(60_000);
      },
      [7],
      { limit: 4, timeMs: 10 },
      idle,
    );
    expect(inputs).toEqual([7]);
    expect(run).toMatchObject({ calls: 1, failed: 0, pair: { input: 7 } });
  });
});

test("failures are counted, and the first is kept", async () => {
  const failing = async (n: number): Promise<number> => {
    await sleep(1);
    if (n === 1) throw new Error("one");
    return n;
  };
  await new VirtualHost().run(async () => {
    const some = await runSample(failing, [1, 2, 2], { limit: 2, timeMs: 20 }, idle);
    expect(some.failed).toBeGreaterThan(0);
    expect(some.failed).toBeLessThan(some.calls);
    expect(some.firstError).toEqual(new Error("one"));
    expect(some.pair).toEqual({ input: 2, output: 2 });
    expect(some.good).toEqual([2, 2]); // each as often as it stands there
    const all = await runSample(failing, [1], { limit: 2, timeMs: 20 }, idle);
    expect(all.pair).toBeUndefined();
  });
});

test("what gives its value at once waits for nothing, whatever the clock says", async () => {
  // Each reading finds that the thread had a core for a tenth of the time, and no idle moment.
  let atMs = 0;
  const crowded: Meter = {
    read: () => ((atMs += 100), { atMs, activeMs: atMs, cpuMs: atMs / 10, queuedMs: 0.9 * atMs }),
  };
  const run = await runSample((n: number) => n, [1], { limit: 4, timeMs: 5 }, crowded);
  expect(run.wallMs).toBe(run.heldMs);
  expect(run.heldMs).toBeGreaterThan(0);
});

test("what a generator yields is its output", async () => {
  await new VirtualHost().run(async () => {
    const twice = async function* (n: number): AsyncGenerator<number> {
      await sleep(1);
      yield n;
      yield n;
    };
    const { pair } = await runSample(twice, [3], { limit: 1, timeMs: 5 }, idle);
    expect(pair).toEqual({ input: 3, output: [3, 3] });
  });
});

test("a cancel goes to the calls, which are waited for", async () => {
  await new VirtualHost().run(async () => {
    const scope = new NamedScope(undefined, "test");
    let cleaned = false;
    const call = async (_: number, { signal }: { signal: AbortSignal }): Promise<void> => {
      try {
        await sleep(1e9, { signal });
      } finally {
        await sleep(5);
        cleaned = true;
      }
    };
    const plan = { limit: 2, timeMs: 100, signal: scope.signal };
    const running = runSample(call, [1], plan, idle);
    await sleep(1);
    const reason = new CancelledError("enough");
    scope.cancel(reason);
    await expect(running).rejects.toBe(reason);
    expect(cleaned).toBe(true);
  });
});
