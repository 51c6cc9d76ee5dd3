import { expect, test } from "vitest";
import { CancelScope, scopeOf, WaitQueue } from "./index.js";

/** A signal whose first listener, older than any of ours, is `run`. */
function heardFirst(run: () => void): AbortController {
  const controller = new AbortController();
  controller.signal.addEventListener("abort", run);
  return controller;
}

test("a foreign abort is true for all scopes below at once, also for a listener older than ours", () => {
  const seen: unknown[] = [];
  const controller = heardFirst(() => {
    for (const scope of [root, child, grandchild, shielded, below]) {
      seen.push([scope.cancelled, scope.reason]);
    }
    seen.push(grandchild.cancel("late"), new CancelScope(child).reason, child.signal.reason);
  });
  const root = scopeOf(controller)!;
  const child = new CancelScope(root);
  const grandchild = new CancelScope(child);
  const shielded = new CancelScope(child, true);
  const below = new CancelScope(shielded);
  controller.abort("stop");
  const [yes, no] = [
    [true, "stop"],
    [false, undefined],
  ];
  expect(seen).toEqual([yes, yes, yes, no, no, false, "stop", "stop"]);
  expect([grandchild.reason, shielded.cancelled, below.cancelled]).toEqual(["stop", false, false]);
});

test("a scope that was cancelled before the foreign abort keeps its own reason", () => {
  const controller = heardFirst(() => expect(scope.reason).toBe("own"));
  const scope = new CancelScope(scopeOf(controller));
  scope.cancel("own");
  controller.abort("stop");
  expect(scope.reason).toBe("own");
});

test("a callback is told once of a foreign abort, also if it is registered while older listeners run", () => {
  const told: unknown[] = [];
  const controller = heardFirst(() => void scope.onCancel((reason) => told.push(["late", reason])));
  const scope = new CancelScope(scopeOf(controller));
  scope.onCancel((reason) => told.push(["early", reason]));
  controller.abort("stop");
  expect(told).toEqual([
    ["late", "stop"],
    ["early", "stop"],
  ]);
});

test("no grant goes to a waiter whose foreign signal has aborted: the next in line gets it", async () => {
  let left = 0;
  const queue = new WaitQueue<string, string>("gate", () => (left += 1));
  const controller = heardFirst(() => {
    expect(queue.firstAsk).toBe("b");
    expect(queue.wakeOne("grant")).toBe(true);
    expect(queue.failOne("failure")).toBe(false);
    expect([queue.size, queue.firstAsk]).toEqual([0, undefined]);
  });
  const scope = new CancelScope(scopeOf(controller));
  const first = [queue.wait(controller, "a"), queue.wait(scope, "a")];
  const next = queue.wait(undefined, "b");
  const last = queue.wait(scope, "c");
  controller.abort("stop");
  expect(await next).toBe("grant");
  for (const wait of [...first, last]) await expect(wait).rejects.toBe("stop");
  expect(left).toBe(3);
});

test("whoever counts waiters can send those with an aborted signal away first, wherever they stand", async () => {
  const queue = new WaitQueue("gate");
  const controller = heardFirst(() => {
    queue.dropCancelled();
    expect(queue.size).toBe(2);
  });
  const waits = [queue.wait(), queue.wait(controller), queue.wait(), queue.wait(controller)];
  controller.abort("stop");
  queue.wakeAll();
  const ends = await Promise.allSettled(waits);
  expect(ends.map((end) => end.status)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected"]);
});
