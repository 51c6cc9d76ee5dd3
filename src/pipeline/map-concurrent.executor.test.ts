import { expect, test } from "vitest";
import { CancelScope, type Scope, ScopeFacade, scopeOf, type Wait } from "../core/index.js";
import {
  sleep,
  TaskGroup,
  type Executor,
  type Task,
  type TaskFunction,
  type TaskScope,
} from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { forEachConcurrent, mapConcurrent, pipeline } from "./index.js";

/** Runs everything at once, in a group of its own per task; it shows what an executor is asked for. */
class GroupExecutor implements Pick<Executor, "submit"> {
  readonly submitted: unknown[] = [];
  running = 0;
  most = 0;

  submit<I, O>(task: TaskFunction<I, O>, input: I, options?: Wait): Task<Awaited<O>> {
    this.submitted.push(input);
    const group = new TaskGroup(options);
    return group.spawn(async (scope): Promise<Awaited<O>> => {
      this.running += 1;
      this.most = Math.max(this.most, this.running);
      try {
        return await (task(input, new RunScope(scope)) as Promise<Awaited<O>>);
      } finally {
        this.running -= 1;
      }
    });
  }
}

class RunScope extends ScopeFacade implements TaskScope {
  readonly attempt = 1;

  constructor(scope: Scope) {
    super(scopeOf(scope)!);
  }

  report(): void {}
}

const slowly = async (ms: number): Promise<string> => {
  await sleep(ms);
  return `${ms} ms`;
};

test("on an executor, each input is submitted once, at most `limit` at a time, and results keep their order", async () => {
  const executor = new GroupExecutor();
  const took = [30, 10, 20, 0, 5];
  await new VirtualHost().run(async () => {
    const options = { on: executor, limit: 2 };
    const texts = took.map((ms) => `${ms} ms`);
    expect(await mapConcurrent(took, slowly, options).toArray()).toEqual(texts);
    expect(await pipeline(took).map(slowly, options).collect()).toEqual(texts);
    await forEachConcurrent(took, slowly, options);
  });
  expect(executor.submitted).toEqual([...took, ...took, ...took]);
  expect(executor.most).toBe(2);
});

test("a task's own error is the error of its item", async () => {
  const bad = new Error("bad");
  const fail = (n: number): Promise<number> => (n === 2 ? Promise.reject(bad) : Promise.resolve(n));
  const run = mapConcurrent([1, 2, 3], fail, { on: new GroupExecutor(), limit: 1 }).toArray();
  await expect(run).rejects.toMatchObject({ errors: [bad], indices: [1] });
});

test("a submit that throws is a failure of its item", async () => {
  const full = new Error("queue full");
  const on: Pick<Executor, "submit"> = {
    submit: () => {
      throw full;
    },
  };
  const run = forEachConcurrent([1, 2], slowly, { on, limit: 1, onError: "collect" });
  await expect(run).rejects.toMatchObject({ errors: [full], indices: [0] });
});

test("a cancel reaches the tasks by the options of submit, and is awaited", async () => {
  await new VirtualHost().run(async () => {
    const executor = new GroupExecutor();
    const scope = new CancelScope();
    const reason = new Error("enough");
    const stubborn = async (_: number, own: Scope): Promise<void> => {
      await sleep(Infinity, { signal: own.signal }).catch(() => {});
      await sleep(10);
    };
    const run = forEachConcurrent([1, 2, 3], stubborn, {
      on: executor,
      signal: scope.signal,
      limit: 2,
    });
    const outcome = run.catch((error: unknown) => error);
    await sleep(1);
    scope.cancel(reason);
    await sleep(5);
    expect(executor.running).toBe(2);
    expect(await outcome).toBe(reason);
    expect([executor.running, executor.submitted]).toEqual([0, [1, 2]]);
  });
});
