import { expect, test } from "vitest";
import { CancelScope, WaitQueue } from "./index.js";

/** Records how waits end, in the order in which they do. */
function recorder() {
  const log: string[] = [];
  const watch = (name: string, wait: Promise<unknown>): void => {
    wait.then(
      (value) => log.push(`${name} got ${String(value)}`),
      (error) => log.push(`${name} failed with ${String(error)}`),
    );
  };
  return { log, watch };
}

/** A few microtasks: enough for a settled promise to tell whoever watches it. */
async function settled(): Promise<void> {
  for (let i = 0; i < 3; i += 1) await Promise.resolve();
}

test("a grant goes to the oldest waiter", async () => {
  const { log, watch } = recorder();
  const queue = new WaitQueue<string>("gate");
  for (const name of ["first", "second", "third"]) watch(name, queue.wait());
  expect(queue.size).toBe(3);
  expect(queue.wakeOne("a")).toBe(true);
  expect(queue.wakeOne("b")).toBe(true);
  await settled();
  expect(log).toEqual(["first got a", "second got b"]);
  expect(queue.size).toBe(1);
});

test("with nobody waiting a grant is kept by whoever offers it", () => {
  const queue = new WaitQueue<string>("gate");
  expect([queue.wakeOne("a"), queue.failOne("b")]).toEqual([false, false]);
  queue.wakeAll("c");
  queue.failAll("d");
  void queue.wait();
  expect(queue.size).toBe(1);
});

test("a grant to the newest passes by those who wait longer, and those who have left", async () => {
  const { log, watch } = recorder();
  const queue = new WaitQueue<string>("gate");
  expect(queue.wakeNewest("nobody")).toBe(false);
  const leaving = new CancelScope();
  watch("first", queue.wait());
  watch("second", queue.wait());
  watch("third", queue.wait(leaving));
  leaving.cancel("gone");
  expect(queue.wakeNewest("a")).toBe(true);
  expect(queue.wakeOne("b")).toBe(true);
  await settled();
  expect(log).toEqual(["third failed with gone", "second got a", "first got b"]);
});

test("a cancel before the grant removes the waiter, and the grant goes to the next", async () => {
  const { log, watch } = recorder();
  const queue = new WaitQueue<string>("gate");
  const leaving = new CancelScope();
  watch("first", queue.wait(leaving));
  watch("second", queue.wait());
  leaving.cancel("gone");
  expect(queue.size).toBe(1);
  queue.wakeOne("grant");
  await settled();
  expect(log).toEqual(["first failed with gone", "second got grant"]);
});

test("after the grant a cancel does nothing: a grant is final", async () => {
  const queue = new WaitQueue<string>("gate");
  const scope = new CancelScope();
  const wait = queue.wait(scope);
  queue.wakeOne("grant");
  scope.cancel("too late");
  expect(await wait).toBe("grant");
  expect(queue.size).toBe(0);
});

test("in a cancelled scope a wait rejects without joining", async () => {
  const queue = new WaitQueue("gate");
  const wait = queue.wait({ signal: AbortSignal.abort("early") });
  expect(queue.size).toBe(0);
  await expect(wait).rejects.toBe("early");
});

test("wakeAll reaches those who wait now, in order", async () => {
  const { log, watch } = recorder();
  const queue = new WaitQueue<string>("gate");
  watch("first", queue.wait());
  watch("second", queue.wait());
  queue.wakeAll("all");
  watch("late", queue.wait());
  await settled();
  expect(log).toEqual(["first got all", "second got all"]);
});

test("failAll rejects those who wait now, each with the reason itself", async () => {
  const queue = new WaitQueue("gate");
  const reason = new Error("over");
  const waits = [queue.wait(), queue.wait()];
  queue.failAll(reason);
  expect(queue.size).toBe(0);
  for (const wait of waits) await expect(wait).rejects.toBe(reason);
});

test("the waker sees what the oldest asks for, and hears when a cancelled one has left", async () => {
  const scope = new CancelScope();
  const asks: unknown[] = [];
  const queue = new WaitQueue<void, number>("weights", () => asks.push(queue.firstAsk));
  const heavy = queue.wait(scope, 5);
  void queue.wait(undefined, 1);
  expect(queue.firstAsk).toBe(5);
  scope.cancel("gone");
  await expect(heavy).rejects.toBe("gone");
  expect(asks).toEqual([1]);
  queue.wakeOne();
  expect(queue.firstAsk).toBeUndefined();
  expect(asks).toEqual([1]);
});

test("one cancel of many waiters tells each once, in the order of arrival", async () => {
  const { log, watch } = recorder();
  const queue = new WaitQueue("gate");
  const scope = new CancelScope();
  for (let i = 0; i < 5; i += 1) watch(`${i}`, queue.wait(scope));
  scope.cancel("stop");
  expect(queue.size).toBe(0);
  await settled();
  expect(log).toEqual([0, 1, 2, 3, 4].map((i) => `${i} failed with stop`));
});
