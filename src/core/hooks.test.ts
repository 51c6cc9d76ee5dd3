import { expect, test } from "vitest";
import { CancelScope, hooks, listen, WaitQueue, type WaitInfo } from "./index.js";

test("hooks cost nothing when nobody listens: one frozen object without methods", () => {
  const idle = hooks;
  expect(Object.isFrozen(idle)).toBe(true);
  expect(Object.keys(idle)).toEqual([]);
  const listening = listen({ waitBegan() {} });
  expect(hooks).not.toBe(idle);
  listening[Symbol.dispose]();
  expect(hooks).toBe(idle);
});

test("only what somebody listens for has a method", () => {
  const listening = listen({ waitBegan() {} });
  expect(Object.keys(hooks)).toEqual(["waitBegan"]);
  listening[Symbol.dispose]();
});

test("each listener hears each report until it is disposed", () => {
  const heard: string[] = [];
  const first = listen({ waitBegan: (wait) => heard.push(`first: ${wait.on}`) });
  const second = listen({ waitBegan: (wait) => heard.push(`second: ${wait.on}`) });
  const queue = new WaitQueue("gate");
  void queue.wait();
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  void queue.wait();
  second[Symbol.dispose]();
  void queue.wait();
  expect(heard).toEqual(["first: gate", "second: gate", "second: gate"]);
});

test("a listener is called as a method of its own object", () => {
  const listener = {
    count: 0,
    waitBegan(): void {
      this.count += 1;
    },
  };
  const listening = listen(listener);
  void new WaitQueue("gate").wait();
  listening[Symbol.dispose]();
  expect(listener.count).toBe(1);
});

test("what begins a wait ends it: the same object, whether granted, failed or cancelled", async () => {
  const open = new Set<WaitInfo>();
  const ended: WaitInfo[] = [];
  const listening = listen({
    waitBegan: (wait) => open.add(wait),
    waitEnded: (wait) => {
      expect(open.delete(wait)).toBe(true);
      ended.push(wait);
    },
  });
  const scope = new CancelScope();
  const queue = new WaitQueue("gate");
  const waits = [queue.wait(), queue.wait(scope), queue.wait(scope), queue.wait()];
  queue.wakeOne();
  queue.failOne(new Error("failed"));
  scope.cancel();
  queue.wakeAll();
  await Promise.allSettled(waits);
  listening[Symbol.dispose]();
  expect(open.size).toBe(0);
  expect(ended.map((wait) => wait.on)).toEqual(["gate", "gate", "gate", "gate"]);
  expect(ended.map((wait) => wait.scope)).toEqual([undefined, scope, scope, undefined]);
});

test("a wait in a cancelled scope never begins", async () => {
  const began: WaitInfo[] = [];
  const listening = listen({ waitBegan: (wait) => began.push(wait) });
  const scope = new CancelScope();
  scope.cancel("stop");
  await expect(new WaitQueue("gate").wait(scope)).rejects.toBe("stop");
  listening[Symbol.dispose]();
  expect(began).toEqual([]);
});

test("what is no listener throws a TypeError with the value, and leaves the others as they are", () => {
  expect(() => listen(null as never)).toThrow(TypeError);
  expect(() => listen(5 as never)).toThrow("got 5");
  const listening = listen({ waitBegan() {} });
  listening[Symbol.dispose]();
});
