import { expect, test } from "vitest";
import { listen, type TaskInfo, type WaitInfo } from "../core/index.js";
import { VirtualHost } from "../testing/index.js";
import { all, asCompleted, sleep, TaskGroup, withTaskGroup, withTimeout } from "./index.js";

/** Runs `main` and tells what the hooks heard. */
async function heard(main: () => Promise<unknown>): Promise<string[]> {
  const log: string[] = [];
  const task = (what: string) => (info: TaskInfo) => log.push(`${what} ${info.name} ${info.state}`);
  const listening = listen({ taskStarted: task("started"), taskSettled: task("settled") });
  await new VirtualHost().run(main).finally(() => listening[Symbol.dispose]());
  return log;
}

test("a task is reported when it starts, before its body runs, and once when it has settled", async () => {
  const log = await heard(() =>
    withTaskGroup(async (group) => {
      const named = (name: string) => ({ name });
      group.spawn(() => sleep(10), named("a"));
      group.spawn((scope) => sleep(Infinity, scope), named("b")).cancel();
      group.spawn((scope) => group.spawn(() => sleep(5, scope), named("d")), named("c"));
      await sleep(20);
    }),
  );
  expect(log).toEqual([
    "started a running",
    "started b running",
    "started c running",
    "started d running",
    "settled b cancelled",
    "settled d fulfilled",
    "settled c fulfilled",
    "settled a fulfilled",
  ]);
});

test("a failed task is reported as rejected, a thrower at once too", async () => {
  const log = await heard(async () => {
    const group = new TaskGroup();
    const thrower = (): never => {
      throw new Error("at once");
    };
    group.spawn(thrower);
    await group.join().catch(() => {});
  });
  expect(log).toEqual(["started thrower running", "settled thrower rejected"]);
});

test("a task knows the task in whose scope its group stands", async () => {
  const parents = new Map<string, number | undefined>();
  const ids = new Map<string, number>();
  const listening = listen({
    taskStarted(info) {
      parents.set(info.name, info.parentId);
      ids.set(info.name, info.id);
    },
  });
  await withTaskGroup(async (group) => {
    await group.spawn(
      (scope) =>
        withTimeout(
          1_000,
          (scope) =>
            withTaskGroup(
              (inner) => inner.spawn((scope) => all([() => 1], scope), { name: "child" }),
              scope,
            ),
          scope,
        ),
      { name: "parent" },
    );
  });
  listening[Symbol.dispose]();
  expect(parents.get("parent")).toBe(undefined);
  expect(parents.get("child")).toBe(ids.get("parent"));
  expect(parents.get("body 0")).toBe(ids.get("child"));
});

test("every wait that begins ends once, in whatever way, and says what it was for", async () => {
  const open = new Set<WaitInfo>();
  const ended: string[] = [];
  const listening = listen({
    waitBegan: (wait) => open.add(wait),
    waitEnded: (wait) => ended.push(`${wait.on} ${open.delete(wait) ? "" : "twice"}`),
  });
  await new VirtualHost().run(async () => {
    await sleep(1);
    await withTimeout(5, (scope) => sleep(Infinity, scope)).catch(() => {});
    await withTaskGroup(
      async (group) => {
        const task = group.spawn((scope) => sleep(10, scope), { name: "job" });
        await task.result({ signal: AbortSignal.abort() }).catch(() => {});
        const impatient = new AbortController();
        const wait = task.result(impatient);
        impatient.abort();
        await wait.catch(() => {});
        await asCompleted([task])[Symbol.asyncIterator]().next();
        group.spawn((scope) => sleep(10, scope));
      },
      { name: "crew" },
    );
  });
  listening[Symbol.dispose]();
  expect(open.size).toBe(0);
  expect(new Set(ended)).toEqual(
    new Set([
      "sleep ",
      'task "job" ',
      "the next task to settle ",
      'the children of task group "crew" ',
    ]),
  );
});
