import { expect, test } from "vitest";
import { type Scope, TaskGroupError } from "../core/index.js";
import { sleep } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { pipeline } from "./index.js";

const failAfter = async (ms: number, error: Error): Promise<never> => {
  await sleep(ms); // with no scope: it goes on after the cancel, as a cleanup does
  throw error;
};
const [first, second, third] = [new Error("first"), new Error("second"), new Error("third")];

async function errorOf(run: Promise<unknown>): Promise<TaskGroupError> {
  const error: unknown = await run.then(
    () => expect.fail("no failure"),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(TaskGroupError);
  return error as TaskGroupError;
}

test("errors come in the order of settling, whichever steps they are of: the root cause first", async () => {
  await new VirtualHost().run(async () => {
    // The first step fails at 10 ms, but ends, and so tells, at 30 only; the second fails at 20.
    const run = pipeline([0, 1, 2])
      .map((n) => (n === 0 ? 0 : failAfter(n * 10 + (n - 1) * 10, n === 1 ? first : third)), {
        limit: 3,
      })
      .map(() => failAfter(20, second))
      .collect();
    const error = await errorOf(run);
    expect(error.errors).toEqual([first, second, third]);
    expect(error.cause).toBe(first);
    expect(error.indices).toEqual([1, 0, 2]);
  });
});

test("so it is behind every kind of step, and at every end", async () => {
  await new VirtualHost().run(async () => {
    const failing = () =>
      pipeline([0, 1, 2])
        .map((n) => (n === 0 ? 0 : failAfter(n === 1 ? 10 : 30, n === 1 ? first : third)), {
          limit: 3,
        })
        .batch(1)
        .flatMap((items) => items)
        .tap(() => {});
    const late = () => failAfter(20, second);
    const ends = [
      () => failing().forEach(late),
      () => failing().filter(late).forEach(late),
      () => failing().flatMap(late).collect(),
      async () => {
        for await (const _ of failing().map(late));
      },
      () => failing().map(late).pipeTo(new WritableStream()),
    ];
    for (const end of ends) expect((await errorOf(end())).errors).toEqual([first, second, third]);
  });
});

test("each run of a pipeline has failures of its own", async () => {
  const steps = pipeline([1])
    .map(() => Promise.reject(new Error("bad")))
    .map((n) => n);
  for (let run = 0; run < 2; run += 1) {
    expect((await errorOf(steps.collect())).errors).toHaveLength(1);
  }
});

test("a failure of an earlier step beats a cancel from outside that came before it was told", async () => {
  await new VirtualHost().run(async () => {
    const controller = new AbortController();
    const wait = (_: number, scope: Scope): Promise<void> => sleep(Infinity, scope);
    const run = pipeline([0, 1, 2], controller)
      .map((n) => (n === 0 ? 0 : failAfter(n === 1 ? 10 : 30, n === 1 ? first : third)), {
        limit: 3,
      })
      .map(wait)
      .collect();
    const outcome = errorOf(run);
    await sleep(20);
    controller.abort("stop");
    expect((await outcome).errors).toEqual([first, third]);
  });
});
