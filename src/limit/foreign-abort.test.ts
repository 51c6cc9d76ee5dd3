import { expect, test } from "vitest";
import { KeyedLimiter } from "./index.js";

/** A signal whose first listener, older than any of ours, is `run`. */
function heardFirst(run: () => void): AbortController {
  const controller = new AbortController();
  controller.signal.addEventListener("abort", run);
  return controller;
}

test("KeyedLimiter: a place goes to the next in line, and is free if there is none", async () => {
  const limiter = new KeyedLimiter<string>({ limitPerKey: 1, limit: 1 });
  const held = await limiter.acquire("a");
  const controller = heardFirst(() => held.release());
  const leaving = [limiter.acquire("b", controller), limiter.acquire("a", controller)];
  const next = limiter.acquire("b");
  controller.abort("stop");
  for (const wait of leaving) await expect(wait).rejects.toBe("stop");
  const permit = await next;
  expect(limiter.stats()).toEqual({ keys: 1, running: 1, waiting: 0 });
  const again = heardFirst(() => permit.release());
  const alone = limiter.acquire("c", again);
  again.abort("stop");
  await expect(alone).rejects.toBe("stop");
  expect(limiter.stats()).toEqual({ keys: 0, running: 0, waiting: 0 });
});
