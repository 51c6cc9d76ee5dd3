import { AsyncLocalStorage } from "node:async_hooks";
import { expect, test } from "vitest";
import {
  all,
  asCompleted,
  checkpoint,
  shield,
  sleep,
  TaskGroup,
  withTaskGroup,
  withTimeout,
} from "./index.js";

const storage = new AsyncLocalStorage<string>();
const here = (): string | undefined => storage.getStore();
const turn = (): Promise<void> => sleep(0);

test("a body runs, and goes on after its waits, in the context of whoever spawned it", async () => {
  const seen: unknown[] = [];
  const group = new TaskGroup();
  const body = async (): Promise<void> => {
    seen.push(here());
    await turn();
    seen.push(here());
  };
  storage.run("left", () => group.spawn(body));
  storage.run("right", () => group.spawn(body));
  await storage.run("joiner", async () => {
    await group.join();
    seen.push(here());
  });
  expect(seen).toEqual(["left", "right", "left", "right", "joiner"]);
});

test("whoever awaits a task goes on in his own context, and not in the task's", async () => {
  const seen: unknown[] = [];
  await withTaskGroup(async (group) => {
    const task = storage.run("task", () => group.spawn(turn));
    await storage.run("a", () => task.result().then(() => seen.push(here())));
    await storage.run("b", async () => {
      await task;
      seen.push(here());
      await group.spawn(turn);
      seen.push(here());
    });
    await storage.run("c", async () => {
      const completed = asCompleted([group.spawn(turn)]);
      await completed[Symbol.asyncIterator]().next();
      seen.push(here());
    });
  });
  expect(seen).toEqual(["a", "b", "b", "c"]);
});

test("timeouts, shields, groups and checkpoints keep the caller's context", async () => {
  await storage.run("caller", async () => {
    const seen: unknown[] = [];
    const look = async (): Promise<void> => {
      seen.push(here());
      await turn();
      seen.push(here());
    };
    await withTimeout(1_000, look);
    await shield(look);
    await withTaskGroup(look);
    await checkpoint();
    seen.push(here());
    expect(seen).toEqual(["caller", "caller", "caller", "caller", "caller", "caller", "caller"]);
  });
});

test("bodies that waited for the limit run in the caller's context too", async () => {
  const seen: unknown[] = [];
  const body = (name: string) => () =>
    storage.run(name, async () => {
      await turn();
      seen.push(here());
    });
  const look = (): void => void seen.push(here());
  await storage.run("caller", () =>
    all<void>([body("first"), look, body("second"), look], { limit: 1 }),
  );
  expect(seen).toEqual(["first", "caller", "second", "caller"]);
});

test("who was cancelled goes on in his own context, and not in the canceller's", async () => {
  const group = new TaskGroup();
  const seen: unknown[] = [];
  storage.run("sleeper", () =>
    group.spawn(async (scope) => {
      await sleep(Infinity, scope).catch(() => seen.push(here()));
      await turn();
      seen.push(here());
    }),
  );
  storage.run("canceller", () => group.cancel());
  await group.join();
  expect(seen).toEqual(["sleeper", "sleeper"]);
});
