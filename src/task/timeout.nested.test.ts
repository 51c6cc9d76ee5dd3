import { expect, test } from "vitest";
import { TimeoutError } from "../core/index.js";
import { VirtualHost } from "../testing/index.js";
import { now, sleep, withTaskGroup, withTimeout } from "./index.js";

const virtual = <T>(main: () => Promise<T>): Promise<T> => new VirtualHost().run(main);
const errorOf = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => "no error",
    (error: unknown) => error,
  );

test("an inner catch of TimeoutError cannot swallow an outer expiry", () =>
  virtual(async () => {
    const caught: unknown[] = [];
    const outer = withTimeout(10, async (outerScope) => {
      const inner = withTimeout(1_000, (scope) => sleep(Infinity, scope), outerScope);
      await inner.catch((error: unknown) => {
        caught.push(error);
        if (!(error instanceof TimeoutError)) throw error;
      });
    });
    expect(await errorOf(outer)).toMatchObject({ message: "timed out after 10 ms" });
    expect(caught).toEqual([expect.objectContaining({ name: "AbortError" })]);
  }));

test("an inner expiry is the inner boundary's: outside of it all goes on", () =>
  virtual(async () => {
    const value = await withTimeout(1_000, async (outerScope) => {
      const inner = withTimeout(10, (scope) => sleep(Infinity, scope), outerScope);
      expect(await errorOf(inner)).toMatchObject({ message: "timed out after 10 ms" });
      await sleep(10, outerScope);
      return outerScope.expired;
    });
    expect([value, now()]).toEqual([false, 20]);
  }));

test.each([
  ["the inner one first", 20, 10],
  ["the outer one first", 10, 20],
  ["both at once", 10, 10],
])("when both nested timers have expired, the outer one owns it: %s", (_, outerMs, innerMs) =>
  virtual(async () => {
    let atInner: unknown;
    const outer = withTimeout(outerMs, async (outerScope) => {
      const inner = withTimeout(
        innerMs,
        async (scope) => {
          await sleep(50);
          scope.throwIfCancelled();
        },
        outerScope,
      );
      atInner = await errorOf(inner);
      throw atInner;
    });
    const error = await errorOf(outer);
    expect(error).toMatchObject({ code: "TIMEOUT", message: `timed out after ${outerMs} ms` });
    expect(atInner).toMatchObject({ name: "AbortError", cause: error });
  }),
);

test("an outer cancel beats an expiry that came before it", () =>
  virtual(async () => {
    const controller = new AbortController();
    const timeout = withTimeout(
      10,
      async (scope) => {
        await sleep(50);
        scope.throwIfCancelled();
      },
      controller,
    );
    await sleep(20);
    controller.abort("outside");
    expect(await errorOf(timeout)).toBe("outside");
  }));

test("a timeout of a task is the task's real error, and cancels its siblings", () =>
  virtual(async () => {
    const group = withTaskGroup((group) => {
      group.spawn((scope) => withTimeout(10, (scope) => sleep(Infinity, scope), scope));
      group.spawn((scope) => sleep(Infinity, scope));
    });
    expect(await errorOf(group)).toMatchObject({ errors: [expect.any(TimeoutError)] });
    expect(now()).toBe(10);
  }));

test("a group inside a timeout is cancelled with it, and one TimeoutError comes out", () =>
  virtual(async () => {
    const timeout = withTimeout(10, (scope) =>
      withTaskGroup((group) => {
        for (let i = 0; i < 3; i += 1) group.spawn((scope) => sleep(Infinity, scope));
      }, scope),
    );
    expect(await errorOf(timeout)).toBeInstanceOf(TimeoutError);
  }));

test("reschedule sets the limit anew, counted from now; null takes it off", () =>
  virtual(async () => {
    await withTimeout(100, async (scope) => {
      for (let beat = 0; beat < 10; beat += 1) {
        await sleep(80, scope);
        scope.reschedule(100);
      }
      scope.reschedule(null);
      await sleep(5_000, scope);
      scope.reschedule(10);
      expect(await errorOf(sleep(Infinity, scope))).toMatchObject({ name: "AbortError" });
    });
    expect(now()).toBe(5_810);
  }));

test("reschedule throws CLOSED once the timer has expired, or the body has ended", () =>
  virtual(async () => {
    const closed = expect.objectContaining({ code: "CLOSED" });
    const kept = await withTimeout(10, async (scope) => {
      await sleep(20);
      expect(() => scope.reschedule(100)).toThrow(closed);
      expect(() => scope.reschedule(100)).toThrow("is over");
      return { scope };
    });
    expect(kept.scope.expired).toBe(true);
    const ended = await withTimeout(10, (scope) => ({ scope }));
    expect(() => ended.scope.reschedule(100)).toThrow(closed);
    expect(() => ended.scope.reschedule(null)).toThrow("is over");
  }));
