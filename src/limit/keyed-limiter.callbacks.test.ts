import { expect, test } from "vitest";
import { CancelScope } from "../core/index.js";
import { KeyedLimiter } from "./index.js";

const ignore = (): void => {};

test("a release in a callback of the cancel that takes waiters away loses no permit", async () => {
  const limiter = new KeyedLimiter<string>({ limitPerKey: 1, limit: 1 });
  const scope = new CancelScope();
  const held = await limiter.acquire("a");
  scope.onCancel(() => held.release());
  limiter.acquire("b", scope).catch(ignore);
  scope.cancel();
  expect(limiter.stats()).toEqual({ keys: 0, running: 0, waiting: 0 });
  expect(limiter.tryAcquire("c")).toBeDefined();
});

test("a key taken anew while its waiters leave keeps its one holder", async () => {
  const limiter = new KeyedLimiter<string>({ limitPerKey: 1, limit: 2 });
  const scope = new CancelScope();
  const held = [await limiter.acquire("a"), await limiter.acquire("a2")];
  limiter.acquire("b", scope).catch(ignore);
  scope.onCancel(() => {
    for (const permit of held) permit.release();
    expect(limiter.tryAcquire("b")).toBeDefined();
  });
  limiter.acquire("b", scope).catch(ignore);
  scope.cancel();
  expect(limiter.tryAcquire("b")).toBeUndefined();
  expect(limiter.stats()).toEqual({ keys: 1, running: 1, waiting: 0 });
});
