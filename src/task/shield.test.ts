import { expect, test } from "vitest";
import { type Scope, TimeoutError } from "../core/index.js";
import { VirtualHost } from "../testing/index.js";
import { now, shield, sleep, withTaskGroup } from "./index.js";

const virtual = <T>(main: () => Promise<T>): Promise<T> => new VirtualHost().run(main);
const errorOf = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => "no error",
    (error: unknown) => error,
  );

test("shield gives its body's value, or rejects with its own error", async () => {
  const error = new Error("own");
  const thrower = (): never => {
    throw error;
  };
  expect(await shield(() => "sync")).toBe("sync");
  expect(await shield(async () => "async")).toBe("async");
  expect(await errorOf(shield(thrower))).toBe(error);
  expect(await errorOf(shield(() => Promise.reject(undefined)))).toBe(undefined);
});

test("shield gives its body's value though the outer scope was cancelled", () =>
  virtual(async () => {
    const controller = new AbortController();
    const write = shield((scope) => sleep(100, scope).then(() => "written"), controller);
    await sleep(10);
    controller.abort("stop");
    expect(await write).toBe("written");
    expect(now()).toBe(100);
  }));

test("shield runs its body in a scope that is cancelled already", () =>
  virtual(async () => {
    const signal = AbortSignal.abort("early");
    expect(await shield((scope) => sleep(10, scope).then(() => "written"), { signal })).toBe(
      "written",
    );
  }));

test("what is nested in a shield is shielded too", () =>
  virtual(async () => {
    const controller = new AbortController();
    const write = shield(
      (scope) => withTaskGroup((group) => group.spawn((scope) => sleep(10, scope)), scope),
      controller,
    );
    controller.abort("stop");
    await write;
    expect(now()).toBe(10);
  }));

/** A shielded body that heeds its scope, and cleans up for 50 ms after a cancel. */
async function endless(scope: Scope): Promise<never> {
  try {
    await sleep(Infinity, scope);
  } finally {
    await sleep(50);
  }
  throw new Error("unreachable");
}

test("when the grace ends the body is cancelled with a TimeoutError as cause, and still waited for", () =>
  virtual(async () => {
    const controller = new AbortController();
    let reason: unknown;
    const write = shield(
      (scope) => {
        scope.onCancel((why) => (reason = why));
        return endless(scope);
      },
      { signal: controller.signal, timeoutMs: 100 },
    );
    await sleep(10);
    controller.abort("stop");
    const error = await errorOf(write);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(reason).toMatchObject({ name: "AbortError", cause: error });
    expect(now()).toBe(160);
  }));

test("the grace counts from the outer cancel, and in a cancelled scope from the start", () =>
  virtual(async () => {
    const idle = shield(() => sleep(1_000).then(() => "no cancel, no grace"), { timeoutMs: 10 });
    expect(await idle).toBe("no cancel, no grace");
    const startMs = now();
    const signal = AbortSignal.abort("early");
    const error = await errorOf(shield(endless, { signal, timeoutMs: 100 }));
    expect(error).toMatchObject({
      code: "TIMEOUT",
      message: "timed out after 100 ms",
    });
    expect(now()).toBe(startMs + 150);
  }));

test("a value, or a real error, beats the end of the grace", () =>
  virtual(async () => {
    const options = { signal: AbortSignal.abort("early"), timeoutMs: 0 };
    const real = new Error("real");
    expect(await shield(() => sleep(10).then(() => "value"), options)).toBe("value");
    expect(await errorOf(shield(() => sleep(10).then(() => Promise.reject(real)), options))).toBe(
      real,
    );
  }));

test("a grace of Infinity is no limit", () =>
  virtual(async () => {
    const options = { signal: AbortSignal.abort("early"), timeoutMs: Infinity };
    await shield((scope) => sleep(86_400_000, scope), options);
    expect(now()).toBe(86_400_000);
  }));

test("a shield that has ended leaves no timer and no callback behind", async () => {
  const host = new VirtualHost();
  const controller = new AbortController();
  await host.run(async () => {
    await shield(() => sleep(1), { signal: controller.signal, timeoutMs: 100 });
    controller.abort("late");
    await shield(() => sleep(1), { signal: controller.signal, timeoutMs: 100 });
    await sleep(1);
  });
  await errorOf(host.run(() => new Promise(() => {})));
  expect(host.nowMs()).toBe(3);
});

test("an outer cancel in the very step in which the body ends, or near it, is harmless", () =>
  virtual(async () => {
    for (let steps = 0; steps < 12; steps += 1) {
      const controller = new AbortController();
      const value = shield(async () => "value", { signal: controller.signal, timeoutMs: 10 });
      for (let i = 0; i < steps; i += 1) await Promise.resolve();
      controller.abort("stop");
      expect(await value).toBe("value");
    }
    await sleep(100);
  }));
