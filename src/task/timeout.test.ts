import { expect, test } from "vitest";
import { TimeoutError } from "../core/index.js";
import { VirtualHost } from "../testing/index.js";
import { now, sleep, type TimeoutScope, withDeadline, withTimeout } from "./index.js";

const virtual = <T>(main: () => Promise<T>): Promise<T> => new VirtualHost().run(main);
const errorOf = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => "no error",
    (error: unknown) => error,
  );

/** Runs `main` on a host of its own, and tells when the last timer that it left behind would have run. */
async function leftUntilMs(main: () => Promise<unknown>): Promise<number> {
  const host = new VirtualHost();
  await host.run(main);
  await errorOf(host.run(() => new Promise(() => {})));
  return host.nowMs();
}

test("a body that is in time gives its value, and the timer is gone", async () => {
  const inTime = async (): Promise<void> => {
    const value = await withTimeout(1_000, () => sleep(10).then(() => "value"));
    expect(value).toBe("value");
  };
  expect(await leftUntilMs(inTime)).toBe(10);
});

test("when the time is up it rejects with a TimeoutError, once the body has ended", () =>
  virtual(async () => {
    const timeout = withTimeout(100, async (scope) => {
      try {
        await sleep(Infinity, scope);
      } finally {
        await sleep(50);
      }
    });
    const error = await errorOf(timeout);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ code: "TIMEOUT", message: "timed out after 100 ms" });
    expect(now()).toBe(150);
  }));

test("inside, the scope is cancelled with an AbortError whose cause is that TimeoutError", () =>
  virtual(async () => {
    let inside: unknown;
    const timeout = withTimeout(100, async (scope) => {
      inside = await errorOf(sleep(Infinity, scope));
      throw inside;
    });
    const error = await errorOf(timeout);
    expect(inside).toMatchObject({ name: "AbortError", code: "CANCELLED" });
    expect((inside as Error).cause).toBe(error);
  }));

test("a value beats a late expiry", () =>
  virtual(async () => {
    const value = withTimeout(100, async (scope) => {
      await sleep(200);
      return `expired: ${scope.expired}`;
    });
    expect(await value).toBe("expired: true");
  }));

test("the body's own error beats the expiry, a falsy one too", () =>
  virtual(async () => {
    for (const own of [new Error("own"), undefined, 0]) {
      const timeout = withTimeout(100, async (scope) => {
        await sleep(Infinity, scope).catch(() => {});
        throw own;
      });
      expect(await errorOf(timeout)).toBe(own);
    }
  }));

test("an error that is only the cancel says TimeoutError: AbortErrors, and aggregates of them", () =>
  virtual(async () => {
    const timedOut = (make: (reason: unknown) => unknown): Promise<unknown> =>
      errorOf(
        withTimeout(100, async (scope) => {
          await sleep(Infinity, scope).catch((reason: unknown) => Promise.reject(make(reason)));
        }),
      );
    const foreign = new DOMException("as fetch puts it", "AbortError");
    expect(await timedOut(() => foreign)).toBeInstanceOf(TimeoutError);
    expect(await timedOut((reason) => new AggregateError([reason]))).toBeInstanceOf(TimeoutError);
    const wrapped = await timedOut((cause) => new Error("wrapped", { cause }));
    expect(wrapped).toMatchObject({ message: "wrapped" });
  }));

test("an AbortError out of nowhere is the body's own error", () =>
  virtual(async () => {
    const stray = new DOMException("somebody else's", "AbortError");
    expect(await errorOf(withTimeout(100, () => Promise.reject(stray)))).toBe(stray);
  }));

test("a synchronous throw is the body's own error, and leaves no timer", async () => {
  const error = new Error("at once");
  const thrower = (): never => {
    throw error;
  };
  const throwing = async (): Promise<void> => {
    expect(await errorOf(withTimeout(100, thrower))).toBe(error);
  };
  expect(await leftUntilMs(throwing)).toBe(0);
});

test("no limit is null or Infinity; zero or less is a turn of the loop", () =>
  virtual(async () => {
    const day = (): Promise<string> => sleep(86_400_000).then(() => "a day later");
    expect(await withTimeout(null, day)).toBe("a day later");
    expect(await withTimeout(Infinity, day)).toBe("a day later");
    const startMs = now();
    for (const ms of [0, -5, -Infinity]) {
      const error = await errorOf(withTimeout(ms, (scope) => sleep(10, scope)));
      expect(error).toBeInstanceOf(TimeoutError);
    }
    expect(await withTimeout(0, async () => "in this turn")).toBe("in this turn");
    expect(now()).toBe(startMs);
  }));

test("a deadline is on the host clock: several steps can share it", () =>
  virtual(async () => {
    await sleep(500);
    const deadlineMs = now() + 100;
    await withDeadline(deadlineMs, (scope) => sleep(60, scope));
    const late = await errorOf(withDeadline(deadlineMs, (scope) => sleep(60, scope)));
    expect(late).toMatchObject({ code: "TIMEOUT", message: "timed out after 40 ms" });
    expect(now()).toBe(600);
    await withDeadline(Infinity, () => sleep(1_000));
    const missed = await errorOf(withDeadline(deadlineMs, (scope) => sleep(1, scope)));
    expect(missed).toMatchObject({ code: "TIMEOUT", message: "timed out after 0 ms" });
  }));

test("expired is true only if the timer ran out first", () =>
  virtual(async () => {
    const controller = new AbortController();
    let seen: TimeoutScope | undefined;
    const cancelled = withTimeout(
      100,
      async (scope) => {
        seen = scope;
        await sleep(200);
        scope.throwIfCancelled();
      },
      controller,
    );
    await sleep(50);
    controller.abort("outside");
    expect(await errorOf(cancelled)).toBe("outside");
    expect([now(), seen?.cancelled, seen?.expired]).toEqual([200, true, false]);
  }));

test("an aborted signal rejects first, without calling the body", async () => {
  let called = false;
  const timeout = withTimeout(5, () => (called = true), { signal: AbortSignal.abort("early") });
  await expect(timeout).rejects.toBe("early");
  expect(called).toBe(false);
});
