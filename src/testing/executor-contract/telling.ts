import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { failureOf, Progress, turn } from "./expect.js";
import { Gate } from "./gate.js";
import type { Laws } from "./laws.js";
import { streams, tasks } from "./tasks.js";

/** Collects what this process emits until it is disposed. */
function emitted(event: "warning" | "unhandledRejection"): { all: unknown[] } & Disposable {
  const all: unknown[] = [];
  const add = (what: unknown): void => void all.push(what);
  process.on(event as "warning", add);
  return { all, [Symbol.dispose]: () => void process.off(event, add) };
}

function unheard(warnings: unknown[]): Error[] {
  return (warnings as Error[]).filter(({ name }) => name === "UnheardTaskFailure");
}

export const tellingLaws: Laws = {
  "progress comes in order, all of it before the end": async (open) => {
    await using executor = open({ limit: 1 });
    const progress = new Progress();
    const told = executor
      .submit(tasks.countProgress, 500, { onProgress: progress.hear })
      .result()
      .then(() => progress.told.length);
    assert.equal(await told, 500);
    assert.deepStrictEqual(
      progress.told,
      Array.from({ length: 500 }, (_, i) => i + 1),
    );
    await executor.submit(tasks.countProgress, 3); // nobody need listen
  },

  "onProgress is called in the AsyncLocalStorage context of whoever submitted": async (open) => {
    await using executor = open({ limit: 1 });
    const storage = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const onProgress = (): void => void seen.push(storage.getStore());
    const both = ["first", "second"].map((who) =>
      storage.run(who, () => executor.submit(tasks.countProgress, 2, { onProgress }).result()),
    );
    await Promise.all(both);
    assert.deepStrictEqual(seen, ["first", "first", "second", "second"]);
  },

  "whoever awaits a task goes on in a context of its own": async (open) => {
    await using executor = open({ limit: 1 });
    const storage = new AsyncLocalStorage<number>();
    const run = async (n: number): Promise<boolean> => {
      assert.equal(await executor.submit(tasks.echoSoon, n), n);
      await (
        await executor.offer(tasks.echo, n)
      ).task;
      for await (const _ of executor.stream(streams.countTo, 2))
        if (storage.getStore() !== n) break;
      await executor.map(tasks.echo, [1, 2, 3]).toArray();
      return storage.getStore() === n;
    };
    const runs = [1, 2, 3].map((n) => storage.run(n, () => run(n)));
    assert.deepStrictEqual(await Promise.all(runs), [true, true, true]);
  },

  "a failure that nobody awaited is reported once, when the executor closes": async (open) => {
    using warnings = emitted("warning");
    using rejections = emitted("unhandledRejection");
    const executor = open({ limit: 1 });
    executor.submit(tasks.raiseConflict, "an unheard lamp", { name: "sell" });
    await executor.submit(tasks.echo, 1);
    await turn();
    assert.deepStrictEqual(unheard(warnings.all), []);
    await executor.close();
    await executor.close();
    await turn();
    const [warning, ...more] = unheard(warnings.all);
    assert.match(String(warning?.message), /"sell".*an unheard lamp has been sold/);
    assert.match(String((warning as { detail?: string }).detail), /raiseConflict/);
    assert.deepStrictEqual([more, rejections.all], [[], []]);
  },

  "no failure is reported that was awaited, however late": async (open) => {
    using warnings = emitted("warning");
    using rejections = emitted("unhandledRejection");
    const executor = open({ limit: 2 });
    const [first, second, third] = [1, 2, 3].map((n) => executor.submit(tasks.throwAtOnce, n));
    await executor.submit(tasks.echo, "all have failed");
    await turn();
    assert.equal(await failureOf(first!), 1);
    await turn();
    assert.equal(await failureOf(second!), 2);
    await third!.result().catch(() => {});
    await executor.close();
    await turn();
    assert.deepStrictEqual([unheard(warnings.all), rejections.all], [[], []]);
  },

  "a task that was cancelled is no failure that anybody must hear of": async (open) => {
    using warnings = emitted("warning");
    using rejections = emitted("unhandledRejection");
    const executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const running = executor.submit(tasks.hold, { port: gate.port, name: "held" });
    const waiting = executor.submit(tasks.echo, 1);
    await gate.arrival("held");
    running.cancel();
    waiting.cancel();
    await executor.close();
    await turn();
    assert.deepStrictEqual([unheard(warnings.all), rejections.all], [[], []]);
  },

  "a result that is asked for and fails is no unhandled rejection": async (open) => {
    using rejections = emitted("unhandledRejection");
    const executor = open({ limit: 1 });
    const results = [1, 2, 3].map((n) => executor.submit(tasks.rejectSoon, n).result());
    await executor.submit(tasks.echo, "all have failed");
    await turn();
    for (const [i, result] of results.entries()) assert.equal(await failureOf(result), i + 1);
    await executor.close();
    assert.deepStrictEqual(rejections.all, []);
  },
};
