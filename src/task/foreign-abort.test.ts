import { expect, test } from "vitest";
import { VirtualHost } from "../testing/index.js";
import { shield, sleep, TaskGroup, withTaskGroup, withTimeout } from "./index.js";

/** A signal whose first listener, older than any of ours, is `run`. */
function heardFirst(run: () => void): AbortController {
  const controller = new AbortController();
  controller.signal.addEventListener("abort", run);
  return controller;
}

test("spawn on a group whose foreign signal has aborted throws CLOSED, and its tasks are cancelled", async () => {
  const never = (): never => expect.fail("called");
  const controller = heardFirst(() => {
    expect(() => group.spawn(never)).toThrow(expect.objectContaining({ code: "CLOSED" }));
    expect([group.stats().state, task.cancel()]).toEqual(["cancelling", false]);
  });
  const group = new TaskGroup(controller);
  const task = group.spawn((scope) => sleep(Infinity, scope));
  controller.abort("stop");
  await expect(group.join()).rejects.toBe("stop");
  expect(task.state).toBe("cancelled");
});

test("no wait begins in a scope below it, however deep", async () => {
  await new VirtualHost().run(async () => {
    const waits: Promise<void>[] = [];
    let begin = (): void => {};
    const controller = heardFirst(() => begin());
    const run = withTaskGroup(
      (outer) =>
        outer.spawn((task) =>
          withTimeout(
            1_000,
            async (scope) => {
              begin = () => void waits.push(sleep(10, scope));
              await sleep(Infinity, scope);
            },
            task,
          ),
        ),
      controller,
    );
    controller.abort("stop");
    await expect(run).rejects.toBe("stop");
    expect(waits).toHaveLength(1);
    await expect(waits[0]).rejects.toBe("stop");
  });
});

test("a shield that begins then runs its body, and its grace counts", async () => {
  await new VirtualHost().run(async () => {
    const saves: Promise<string>[] = [];
    let begin = (): void => {};
    const controller = heardFirst(() => begin());
    const run = withTaskGroup(async (group) => {
      const save = (ms: number): Promise<string> =>
        shield((scope) => sleep(ms, scope).then(() => "saved"), {
          signal: group.signal,
          timeoutMs: 10,
        });
      begin = () => void saves.push(save(5), save(15));
      await sleep(Infinity, group);
    }, controller);
    controller.abort("stop");
    await expect(run).rejects.toBe("stop");
    expect(await saves[0]).toBe("saved");
    await expect(saves[1]).rejects.toMatchObject({ code: "TIMEOUT" });
  });
});
