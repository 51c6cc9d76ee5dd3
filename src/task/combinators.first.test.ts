import { expect, test } from "vitest";
import { VirtualHost } from "../testing/index.js";
import { any, type Body, now, race, sleep } from "./index.js";

const virtual = <T>(main: () => Promise<T>): Promise<T> => new VirtualHost().run(main);
const after =
  <T>(ms: number, value: T): Body<T> =>
  (scope) =>
    sleep(ms, scope).then(() => value);
const failAfter =
  (ms: number, error: unknown): Body<never> =>
  () =>
    sleep(ms).then(() => Promise.reject(error));

/** A loser that takes 50 ms to clean up, and says when it has. */
function loser(): { body: Body<never>; cleaned: () => boolean } {
  let cleaned = false;
  const body: Body<never> = async (scope) => {
    try {
      return (await sleep(Infinity, scope)) as never;
    } finally {
      await sleep(50);
      cleaned = true;
    }
  };
  return { body, cleaned: () => cleaned };
}

test.each([
  ["any", any],
  ["race", race],
])("%s gives the first value; the losers are cancelled and joined", (_, first) =>
  virtual(async () => {
    const slow = loser();
    expect(await first([slow.body, after(10, "quick"), after(20, "late")])).toBe("quick");
    expect([slow.cleaned(), now()]).toEqual([true, 60]);
  }),
);

test.each([
  ["any", any],
  ["race", race],
])("%s gives a falsy value, and a value of a body that returned at once", (_, first) =>
  virtual(async () => {
    expect(await first([after(5, undefined)])).toBe(undefined);
    expect(await first<unknown>([() => 0, after(5, "late")])).toBe(0);
    expect(now()).toBe(5);
  }),
);

test("in any, failures before the first value don't count", () =>
  virtual(async () => {
    const bodies = [failAfter(5, new Error("bad")), after(10, "good"), after(20, "late")];
    expect(await any(bodies)).toBe("good");
  }));

test("any fails when all do, with every error in the order of settling", () =>
  virtual(async () => {
    const [first, second] = [new Error("first"), new Error("second")];
    const failing = any([failAfter(20, second), failAfter(10, first)]);
    await expect(failing).rejects.toMatchObject({
      code: "TASKS_FAILED",
      errors: [first, second],
      message: "any() failed with 2 errors, first: Error: first",
    });
    const thrower = (): never => {
      throw undefined;
    };
    await expect(any([thrower])).rejects.toMatchObject({ errors: [undefined] });
  }));

test("race fails if the first to settle does, and the losers are joined", () =>
  virtual(async () => {
    const root = new Error("root");
    const slow = loser();
    const failing = race([slow.body, failAfter(10, root), after(20, "late")]);
    await expect(failing).rejects.toMatchObject({ code: "TASKS_FAILED", errors: [root] });
    expect(slow.cleaned()).toBe(true);
  }));

test("a loser of a race that fails while it ends is a real error", () =>
  virtual(async () => {
    const failure = new Error("could not clean up");
    const failing = race<unknown>([
      after(10, "quick"),
      (scope) => sleep(Infinity, scope).catch(() => Promise.reject(failure)),
    ]);
    await expect(failing).rejects.toMatchObject({ errors: [failure] });
  }));

test("in a limited any or race, a body starts when one has ended, and none after the first value", () =>
  virtual(async () => {
    const started: string[] = [];
    const body =
      (name: string, run: Body<string>): Body<string> =>
      (scope) => {
        started.push(name);
        return run(scope);
      };
    const bodies = [
      body("a", failAfter(10, new Error("a"))),
      body("b", after(10, "b")),
      body("c", after(10, "c")),
    ];
    expect(await any(bodies, { limit: 1 })).toBe("b");
    expect(started).toEqual(["a", "b"]);
    started.length = 0;
    await expect(race(bodies, { limit: 1 })).rejects.toThrow("a");
    expect(started).toEqual(["a"]);
  }));

test.each([
  ["any", any],
  ["race", race],
])("a cancel from outside rejects %s with the reason, once all have ended", (_, first) =>
  virtual(async () => {
    const controller = new AbortController();
    const slow = loser();
    const run = first([slow.body, after(Infinity, "never")], controller);
    await sleep(10);
    controller.abort("stop");
    await expect(run).rejects.toBe("stop");
    expect([slow.cleaned(), now()]).toEqual([true, 60]);
  }),
);

test("in any, a real error beats a cancel from outside", () =>
  virtual(async () => {
    const real = new Error("real");
    const controller = new AbortController();
    const run = any([failAfter(5, real), after(Infinity, "never")], controller);
    await sleep(10);
    controller.abort("stop");
    await expect(run).rejects.toMatchObject({ errors: [real] });
  }));
