import { check, failure, same } from "./assert.js";

const forever = (scope) => new Promise((_, reject) => scope.onCancel(reject));

export const task = {
  async withTaskGroup({ withTaskGroup }) {
    const sum = await withTaskGroup(async (group) => {
      const one = group.spawn(() => 1);
      const two = group.spawn(async () => 2);
      return (await one) + (await two);
    });
    same(sum, 3);
  },

  async TaskGroup({ TaskGroup }) {
    const group = new TaskGroup();
    const child = group.spawn(forever);
    check(group.stats().running === 1, "one child runs");
    await group[Symbol.asyncDispose]();
    same(child.state, "cancelled");
    same((await failure(() => group.spawn(() => 1))).code, "CLOSED");
  },

  async TaskGroupError({ TaskGroupError, withTaskGroup }) {
    const boom = new Error("boom");
    const error = await failure(() =>
      withTaskGroup((group) => void group.spawn(() => Promise.reject(boom))),
    );
    check(error instanceof TaskGroupError && error instanceof AggregateError, "it is an aggregate");
    check(error.errors[0] === boom && error.cause === boom, "it holds the error itself");
  },

  async leaves({ leaves, all }) {
    const boom = new Error("boom");
    const error = await failure(() => all([() => all([() => Promise.reject(boom)])]));
    const found = [...leaves(error)];
    check(found.length === 1 && found[0] === boom, "nested groups are flattened");
  },

  async CancelledError({ CancelledError, withTaskGroup }) {
    const error = await failure(() =>
      withTaskGroup(async (group) => {
        group.cancel();
        await forever(group);
      }),
    );
    check(error instanceof CancelledError, "it is the default reason");
    same([error.name, error.code], ["AbortError", "CANCELLED"]);
  },

  async ConcurrencyError({ ConcurrencyError, TaskGroup }) {
    const group = new TaskGroup();
    await group.join();
    const error = await failure(() => group.spawn(() => 1));
    check(error instanceof ConcurrencyError, "misuse has a class");
    same(error.code, "CLOSED");
  },

  async TimeoutError({ TimeoutError, withTimeout }) {
    const error = await failure(() => withTimeout(1, forever));
    check(error instanceof TimeoutError, "it comes out of the boundary");
    same(error.code, "TIMEOUT");
  },

  async withTimeout({ withTimeout, sleep }) {
    same(await withTimeout(60_000, async () => "in time"), "in time");
    const error = await failure(() => withTimeout(1, (scope) => sleep(60_000, scope)));
    same(error.code, "TIMEOUT");
  },

  async withDeadline({ withDeadline, now }) {
    same(await withDeadline(now() + 60_000, async () => "in time"), "in time");
    same((await failure(() => withDeadline(now() + 1, forever))).code, "TIMEOUT");
  },

  async shield({ shield, withTaskGroup, sleep }) {
    let written = false;
    await withTaskGroup(async (group) => {
      const child = group.spawn((scope) =>
        shield(async () => {
          await sleep(1);
          written = true;
        }, scope),
      );
      child.cancel();
    });
    check(written, "the critical part ran to its end");
  },

  async sleep({ sleep }) {
    same(await sleep(1), undefined);
    const gone = new Error("gone");
    check(
      (await failure(() => sleep(60_000, { signal: AbortSignal.abort(gone) }))) === gone,
      "it rejects with the reason",
    );
    check((await failure(() => sleep(NaN))) instanceof RangeError, "NaN is refused");
  },

  now({ now }) {
    const first = now();
    check(Number.isFinite(first) && now() >= first, "time does not go back");
  },

  async checkpoint({ checkpoint }) {
    same(await checkpoint(), undefined);
    const gone = new Error("gone");
    check(
      (await failure(() => checkpoint({ signal: AbortSignal.abort(gone) }))) === gone,
      "it rejects with the reason",
    );
  },

  async all({ all }) {
    same(await all([() => 1, async () => 2], { limit: 1 }), [1, 2]);
  },

  async allSettled({ allSettled }) {
    const settled = await allSettled([() => 1, () => Promise.reject(new Error("boom"))]);
    same(
      settled.map((one) => one.status),
      ["fulfilled", "rejected"],
    );
  },

  async any({ any }) {
    same(await any([() => Promise.reject(new Error("boom")), () => 2]), 2);
  },

  async race({ race }) {
    let cancelled = false;
    const loser = async (scope) => {
      scope.onCancel(() => (cancelled = true));
      await forever(scope);
    };
    same(await race([loser, async () => "first"]), "first");
    check(cancelled, "the loser was cancelled");
  },

  async asCompleted({ asCompleted, withTaskGroup }) {
    const order = await withTaskGroup(async (group) => {
      let open;
      const slow = group.spawn(() => new Promise((resolve) => (open = resolve)));
      const fast = group.spawn(() => "fast");
      const seen = [];
      for await (const done of asCompleted([slow, fast])) {
        seen.push(await done);
        open("slow");
      }
      return seen;
    });
    same(order, ["fast", "slow"]);
  },

  async runMain({ runMain }) {
    const { process } = globalThis;
    if (process?.exit === undefined) {
      await failure(() => runMain(() => 0));
      return;
    }
    const { exitCode = 0 } = process;
    const exit = process.exit.bind(process);
    try {
      const code = new Promise((resolve) => (process.exit = resolve));
      void runMain(async () => 7);
      same(await code, 7);
    } finally {
      Object.assign(process, { exit, exitCode });
    }
  },
};
