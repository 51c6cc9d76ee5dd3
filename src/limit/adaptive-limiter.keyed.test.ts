import { expect, test } from "vitest";
import { host } from "../core/index.js";
import { VirtualHost } from "../testing/index.js";
import { AdaptiveLimiter, KeyedLimiter } from "./index.js";

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => void host.startTimer(resolve, ms));
const still = { update: (limit: number): number => limit };

test("behind a KeyedLimiter, a key that floods takes no more than its part of what the load allows", async () => {
  await new VirtualHost().run(async () => {
    const limiter = new AdaptiveLimiter({ target: still, initial: 4 });
    const keys = new KeyedLimiter<string>({ limitPerKey: 2 });
    const running = new Map<string, number>();
    const most = new Map<string, number>();
    const served: string[] = [];
    const serve = async (key: string): Promise<void> => {
      using place = await keys.acquire(key); // first: who waits here is in nobody's way
      using permit = await limiter.acquire();
      const now = (running.get(key) ?? 0) + 1;
      running.set(key, now);
      most.set(key, Math.max(most.get(key) ?? 0, now));
      await pause(10);
      running.set(key, running.get(key)! - 1);
      served.push(key);
    };
    const flood = Array.from({ length: 100 }, () => serve("flood"));
    const few = [serve("few"), serve("few"), serve("few")];
    await Promise.all(few);
    expect(most.get("few")).toBe(2);
    expect(served.filter((key) => key === "flood").length).toBeLessThanOrEqual(4);
    await Promise.all(flood);
    expect(most.get("flood")).toBe(2);
    expect(limiter.stats()).toMatchObject({ running: 0, waiting: 0, refused: 0 });
  });
});
