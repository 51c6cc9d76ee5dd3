import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { CancelScope, type Scope, TaskGroupError } from "../core/index.js";
import { sleep, withTaskGroup } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { pipeline, type Pipeline } from "./index.js";

const BAD = new Error("bad");
const REASON = { a: "reason that is no error" };
const fail = (): never => {
  throw BAD;
};
const pass = <T>(item: T): T => item;
const virtually = (main: () => Promise<void>): Promise<void> => new VirtualHost().run(main);

type Step = (from: Pipeline<unknown>) => Pipeline<unknown>;

const FAILING: [string, Step][] = [
  ["map", (from) => from.map(fail, { limit: 2 })],
  ["filter", (from) => from.filter(fail)],
  ["tap", (from) => from.tap(() => Promise.reject(BAD))],
  ["flatMap", (from) => from.flatMap(fail)],
  [
    "flatMap's result",
    (from) =>
      from.flatMap(async function* () {
        yield 1;
        fail();
      }),
  ],
];
const BEHIND: Step[] = [
  pass,
  (from) => from.map(pass),
  (from) => from.batch(2),
  (from) => from.flatMap((item) => [item]),
  (from) =>
    from
      .map(pass)
      .batch(1)
      .flatMap(pass<unknown[]> as never)
      .tap(pass)
      .filter(() => true),
];
const ENDS: ((steps: Pipeline<unknown>) => Promise<unknown>)[] = [
  (steps) => steps.collect(),
  (steps) => steps.forEach(pass),
  (steps) => steps.pipeTo(new WritableStream()),
  async (steps) => {
    for await (const _ of steps);
  },
];

test.each(FAILING)(
  "a failing %s gives one TaskGroupError, whatever steps and end come behind",
  async (_, failing) => {
    for (const behind of BEHIND) {
      for (const end of ENDS) {
        const run = end(behind(failing(pipeline([1, 2, 3]))));
        const error = await run.then(
          () => expect.fail("no failure"),
          (error: unknown) => error,
        );
        expect(error).toBeInstanceOf(TaskGroupError);
        expect((error as TaskGroupError).errors).toEqual([BAD]);
      }
    }
  },
);

test("a failing end is one TaskGroupError too, with the item's place", async () => {
  const run = pipeline([1, 2, 3])
    .map(pass, { limit: 2 })
    .forEach((n) => (n === 2 ? fail() : n));
  await expect(run).rejects.toMatchObject({ errors: [BAD], indices: [1] });
});

test("a TaskGroupError that a step itself rejects with stays whole", async () => {
  const inner = () => withTaskGroup((group) => void group.spawn(fail));
  for (const steps of [pipeline([1]).map(inner), pipeline([1]).flatMap(inner as never)]) {
    const error = await steps
      .batch(1)
      .map(pass)
      .collect()
      .catch((error: TaskGroupError) => error);
    expect((error as TaskGroupError).errors).toMatchObject([{ errors: [BAD] }]);
  }
});

test("all steps fail: each error once, flat, and the first of all first", async () => {
  await virtually(async () => {
    const cleanups = [new Error("cleanup 0"), new Error("cleanup 1"), new Error("cleanup 2")];
    const ahead = (step: number) => async (n: number, scope: Scope) => {
      if (n > 0) {
        await sleep(Infinity, scope).catch(() => {
          throw cleanups[step];
        });
      }
      return n;
    };
    const run = pipeline([0, 1, 2])
      .map(ahead(0), { limit: 2 })
      .map(async (n) => {
        await sleep(1);
        return n === 0 ? fail() : n;
      })
      .collect();
    await expect(run).rejects.toMatchObject({ errors: [BAD, cleanups[0]] });
    const flat = pipeline([0, 1, 2])
      .flatMap(async (n, scope) => [await ahead(1)(n, scope)])
      .batch(1)
      .map(() => sleep(1).then(fail), { limit: 2 })
      .tap(pass)
      .collect();
    await expect(flat).rejects.toMatchObject({ errors: [BAD, cleanups[1]] });
  });
});

test.each(ENDS.map((end, which) => [which, end] as const))(
  "cancelled from outside, end %i rejects with the very reason once all steps have ended",
  async (_, end) => {
    await virtually(async () => {
      for (const behind of BEHIND) {
        const controller = new AbortController();
        let running = 0;
        const slow = async (n: number): Promise<number> => {
          running += 1;
          await sleep(n * 10);
          running -= 1;
          return n;
        };
        const steps = pipeline([1, 2, 3, 4], controller).map(slow, { limit: 3 }).tap(slow);
        const outcome = end(behind(steps)).catch((error: unknown) => error);
        await sleep(15);
        controller.abort(REASON);
        expect(await outcome).toBe(REASON);
        expect(running).toBe(0);
        expect(getEventListeners(controller.signal, "abort")).toEqual([]);
      }
    });
  },
);

test("a signal that is aborted already touches neither the source nor a function", async () => {
  const touched = (): never => expect.fail("touched");
  const source = { [Symbol.iterator]: touched };
  const steps = pipeline(source, { signal: AbortSignal.abort(REASON) });
  for (const behind of BEHIND) {
    for (const end of ENDS) {
      await expect(end(behind(steps.map(touched)))).rejects.toBe(REASON);
      await expect(end(behind(steps))).rejects.toBe(REASON);
    }
  }
});

test("leaving the loop early ends every step, and leaves nothing in the scope", async () => {
  await virtually(async () => {
    const scope = new CancelScope();
    for (const behind of BEHIND) {
      let running = 0;
      const slow = async (n: number, own: Scope): Promise<number> => {
        running += 1;
        await sleep(n > 2 ? Infinity : 1, own).finally(() => (running -= 1));
        return n;
      };
      for await (const _ of behind(pipeline([1, 2, 3, 4], scope).map(slow, { limit: 2 }).tap(slow)))
        break;
      expect(running).toBe(0);
    }
    expect([...scope.children]).toEqual([]);
  });
});
