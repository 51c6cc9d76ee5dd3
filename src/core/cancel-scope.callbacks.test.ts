import { expect, test } from "vitest";
import { CancelScope, installHost, realHost, WaitQueue } from "./index.js";

test("onCancel runs once, with the reason", () => {
  const scope = new CancelScope();
  const reasons: unknown[] = [];
  scope.onCancel((reason) => reasons.push(reason));
  scope.cancel("stop");
  scope.cancel("again");
  expect(reasons).toEqual(["stop"]);
});

test("onCancel in a cancelled scope runs at once", () => {
  const scope = new CancelScope();
  scope.cancel("stop");
  const reasons: unknown[] = [];
  const registration = scope.onCancel((reason) => reasons.push(reason));
  expect(reasons).toEqual(["stop"]);
  registration[Symbol.dispose]();
});

test("a disposed callback does not run; disposing twice or after the cancel is harmless", () => {
  const scope = new CancelScope();
  const ran: string[] = [];
  const first = scope.onCancel(() => ran.push("first"));
  const second = scope.onCancel(() => ran.push("second"));
  const third = scope.onCancel(() => ran.push("third"));
  second[Symbol.dispose]();
  second[Symbol.dispose]();
  scope.cancel();
  first[Symbol.dispose]();
  third[Symbol.dispose]();
  expect(ran).toEqual(["first", "third"]);
});

test("callbacks run in the order in which they were registered", () => {
  const scope = new CancelScope();
  const ran: number[] = [];
  for (const n of [1, 2, 3]) scope.onCancel(() => ran.push(n));
  scope.cancel();
  expect(ran).toEqual([1, 2, 3]);
});

test("a callback may take back one that has not run yet", () => {
  const scope = new CancelScope();
  const ran: string[] = [];
  const takeBack: Disposable[] = [];
  scope.onCancel(() => {
    ran.push("first");
    for (const registration of takeBack) registration[Symbol.dispose]();
  });
  takeBack.push(scope.onCancel(() => ran.push("second")));
  scope.onCancel(() => ran.push("third"));
  scope.cancel();
  expect(ran).toEqual(["first", "third"]);
});

test("a callback registered by a callback runs at once", () => {
  const scope = new CancelScope();
  const ran: string[] = [];
  scope.onCancel(() => {
    scope.onCancel(() => ran.push("inner"));
    ran.push("outer");
  });
  scope.cancel();
  expect(ran).toEqual(["inner", "outer"]);
});

test("a throwing callback does not stop the cancel, and its error is reported in a later turn", () => {
  const turns: (() => void)[] = [];
  const installed = installHost({ ...realHost, soon: (run) => turns.push(run) });
  const root = new CancelScope();
  const below = new CancelScope(root);
  const ran: string[] = [];
  root.onCancel(() => {
    throw new Error("bad callback");
  });
  root.onCancel(() => ran.push("root"));
  below.onCancel(() => ran.push("below"));
  root.cancel();
  installed[Symbol.dispose]();
  expect(ran).toEqual(["root", "below"]);
  expect(turns).toHaveLength(1);
  expect(turns[0]).toThrow("bad callback");
});

test("a cancel from inside a callback, of a sibling or the parent, reaches everybody once", () => {
  const root = new CancelScope();
  const left = new CancelScope(root);
  const right = new CancelScope(root);
  const told: string[] = [];
  for (const [name, scope] of Object.entries({ root, left, right })) {
    scope.onCancel((reason) => told.push(`${name} by ${String(reason)}`));
  }
  left.onCancel(() => root.cancel("left"));
  left.cancel("start");
  expect(told).toEqual(["left by start", "root by left", "right by left"]);
});

test("all who wait below have left their lines before any callback runs: no grant goes to the cancelled", async () => {
  const root = new CancelScope();
  const below = new CancelScope(root);
  const queue = new WaitQueue<string>("gate");
  const outside = queue.wait();
  const sizes: number[] = [];
  root.onCancel(() => sizes.push(queue.size));
  const inside = [queue.wait(root), queue.wait(below)];
  root.cancel("stop");
  expect(sizes).toEqual([1]);
  queue.wakeOne("grant");
  expect(await outside).toBe("grant");
  for (const wait of inside) await expect(wait).rejects.toBe("stop");
});
