import { expect, test } from "vitest";
import { AsyncEvent, Lock } from "../../sync/index.js";
import { sleep, TaskGroup, withTaskGroup, withTimeout } from "../../task/index.js";
import { host, realHost } from "../../core/index.js";
import { type ExplorationError, explore, type ExploreOptions, type Program } from "./index.js";
import { explored, replay, step } from "./index.js";

async function found<T>(program: Program<T>, options?: ExploreOptions): Promise<ExplorationError> {
  const outcome: unknown = await explore(program, options).catch((error: unknown) => error);
  expect(outcome).toMatchObject({ name: "ExplorationError" });
  return outcome as ExplorationError;
}

/** Two withdrawals, of which one is forgotten if they come between each other. */
async function lostUpdate(): Promise<void> {
  let balance = 100;
  const withdraw = (amount: number) => async () => {
    const before = balance;
    await step("write balance");
    balance = before - amount;
  };
  await withTaskGroup((group) => {
    group.spawn(withdraw(30), { name: "A" });
    group.spawn(withdraw(50), { name: "B" });
  });
  expect(balance).toBe(20);
}

test("a failed assertion is shown with its schedule, and is the cause", async () => {
  const error = await found(lostUpdate);
  expect(error).toMatchObject({ kind: "failure", code: "SCHEDULE_FAILED" });
  expect(error.cause).toMatchObject({ name: "AssertionError" });
  expect(error.schedule).toMatchInlineSnapshot(`
    "     A              B              main
      1  write balance
      2                 write balance
      3                                the children of task group: woken"
  `);
  expect(error.message).toContain(`await replay("${error.replayId}", program)`);
});

test("replay does the same again", async () => {
  const error = await found(lostUpdate);
  const again: unknown = await replay(error.replayId, lostUpdate).catch((error: unknown) => error);
  expect(again).toMatchObject({ kind: "failure", schedule: error.schedule });
  expect(await replay("0", () => "value")).toBe("value");
});

test("a deadlock names who waits for what, held by whom, with the lines", async () => {
  const error = await found(async () => {
    const a = new Lock({ name: "a" });
    const b = new Lock({ name: "b" });
    const both = (first: Lock, second: Lock) => () =>
      first.run(() => second.run(() => step("work")));
    await withTaskGroup((group) => {
      group.spawn(both(a, b), { name: "A" });
      group.spawn(both(b, a), { name: "B" });
    });
  });
  expect(error.kind).toBe("deadlock");
  const line = String.raw`\(explore\.test\.ts:\d+:\d+\)`;
  expect(error.message).toMatch(new RegExp(`"A" waits for lock "b" ${line}, held by "B" ${line}`));
});

test("a task that nobody is left to wake is a lost wake-up", async () => {
  const error = await found(async () => {
    const event = new AsyncEvent({ name: "ready" });
    await event.wait();
  });
  expect(error.kind).toBe("lost wake-up");
  expect(error.message).toContain('"main" waits for event "ready"');
  const outside = await found(() => new Promise(() => {}));
  expect(outside.message).toContain("waits for a promise that nothing");
});

test("a program that goes on and on is a livelock", async () => {
  const error = await found(
    async () => {
      for (;;) await step("again");
    },
    { maxSteps: 20 },
  );
  expect(error.kind).toBe("livelock");
  expect(error.message).toContain("20 steps");
});

test("what is left when the program has ended is a leak", async () => {
  const task = await found(() => {
    new TaskGroup().spawn(() => new Promise(() => {}), { name: "forgotten" });
  });
  expect(task).toMatchObject({ kind: "leak" });
  expect(task.message).toContain('task "forgotten"');
  const permit = await found(() => new Lock({ name: "kept" }).acquire().then(() => {}));
  expect(permit.message).toContain('lock "kept" is still held by "main"');
  const wait = await found(() => void sleep(1_000));
  expect(wait.message).toContain('"main" waits for sleep');
});

test("a rejection that nobody looks at is found", async () => {
  const error = await found(() => void step("fetch").then(() => Promise.reject(new Error("lost"))));
  expect(error).toMatchObject({ kind: "unhandled rejection", cause: { message: "lost" } });
});

test("a result that depends on the schedule is found by sameResult", async () => {
  const race = async () => {
    const order: string[] = [];
    const go = async (name: string) => {
      await step(name);
      order.push(name);
    };
    await Promise.all([go("a"), go("b")]);
    return order;
  };
  expect((await explore(race)).schedules).toBeGreaterThan(1);
  await expect(explore.sameResult(race)).rejects.toMatchObject({ kind: "different results" });
});

test("a timer may be faster than a step, and never than a wake-up", async () => {
  const outcomes = new Set<string>();
  await explore(async () => {
    outcomes.add(
      await withTimeout(1_000, async (scope) => {
        await step("fetch");
        return scope.cancelled ? "late" : "in time";
      }),
    );
  });
  expect([...outcomes].toSorted()).toEqual(["in time", "late"]);
  await explore(() => withTimeout(1, () => new Lock().run(() => {})), { strategy: "exhaustive" });
});

test("exhaustive tries each schedule once, and refuses when there are too many", async () => {
  const program = async () => {
    const two = async (name: string) => {
      await step(`${name} 1`);
      await step(`${name} 2`);
    };
    await Promise.all([two("a"), two("b")]);
  };
  expect(await explore(program, { strategy: "exhaustive" })).toMatchObject({ schedules: 6 });
  const few = explore(program, { strategy: "exhaustive", maxSchedules: 5 });
  await expect(few).rejects.toThrow("more than 5 schedules");
});

test("a program in which nothing can be chosen is refused, or its test could never fail", async () => {
  await expect(explore(() => {})).rejects.toThrow("there is nothing to explore");
  const wrong = await found(() => Promise.reject(new Error("always")));
  expect(wrong.message).toContain("it takes no schedule to show this");
});

test("as a test of whatever runner it gives nothing, or fails with the line where it was written", async () => {
  expect(await explored(async () => step("only"))()).toBeUndefined();
  const outcome: unknown = await explored(lostUpdate)().catch((error: unknown) => error);
  expect(outcome).toMatchObject({ name: "ExplorationError", kind: "failure" });
  expect((outcome as Error).stack).toMatch(/explore\.test\.ts/);
  expect(() => explored(lostUpdate, { seeds: 0 })).toThrow("seeds must be an integer >= 1");
});

test("the stack is that of the test, and the message is all that is printed", async () => {
  const error = await found(lostUpdate);
  expect(error.stack).toMatch(/^ExplorationError: failure, in schedule 1\n/);
  expect(error.stack).toMatch(/explore\.test\.ts/);
  expect(error.stack).not.toMatch(/exploring\.ts/);
  expect(Object.keys(error).toSorted()).toEqual(["code", "kind", "name", "replayId"]);
});

test("a program that keeps something from run to run is refused", async () => {
  let runs = 0;
  const program = async () => {
    runs += 1;
    for (let i = 0; i < runs; i += 1) await step("again");
  };
  await expect(explore(program)).rejects.toMatchObject({ code: "NOT_DETERMINISTIC" });
});

test("the host before is back in charge, also after a failure", async () => {
  await found(() => Promise.reject(new Error("mine")));
  expect(host).toBe(realHost);
  const inside = explore(() => explore(() => {}));
  await expect(inside).rejects.toThrow("explore() inside of a program");
});

test.each([
  [{ strategy: "best" as never }, 'strategy must be one of "random", "pct", "exhaustive"'],
  [{ seeds: 0 }, "seeds must be an integer >= 1, got 0"],
  [{ seeds: [] }, "seeds must be a number or a list"],
  [{ maxSteps: 0.5 }, "maxSteps must be an integer >= 1, got 0.5"],
  [{ strategy: "pct" as const, preemptions: Infinity }, "preemptions must be an integer >= 0"],
])("options that mean nothing are refused: %o", async (options, message) => {
  await expect(explore(() => {}, options)).rejects.toThrow(message);
});
