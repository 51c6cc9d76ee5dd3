import assert from "node:assert/strict";
import { all, Condition, Lock, type Scope, withTaskGroup } from "../../../src/index.js";
import { step } from "../../../src/testing/explore/index.js";
import { type Explorations, large, small, tasks } from "./explorations.js";

function stock(takers: number, leaving: string) {
  return async () => {
    const lock = new Lock({ name: "it" });
    const changed = new Condition(lock);
    let items = 0;
    let taken = 0;
    let inside = 0;
    const take = (scope: { signal: AbortSignal }) =>
      lock.run(async () => {
        await changed.waitFor(() => items > 0, scope);
        assert.equal((inside += 1), 1, "does not hold the lock after the wait");
        items -= 1;
        taken += 1;
        await step("take");
        inside -= 1;
      });
    const put = async () => {
      for (let i = 0; i < takers; i += 1) {
        await lock.run(() => {
          items += 1;
          changed.notify();
        });
      }
    };
    await tasks([...Array.from({ length: takers }, () => take), put], leaving);
    assert.equal(items + taken, takers);
    assert.ok(taken >= takers - leaving.length, "a notification was lost");
    assert.deepEqual(
      [changed.stats(), lock.stats()],
      [{ waiting: 0 }, { locked: false, waiting: 0 }],
    );
  };
}

export const condition: Explorations = {
  "a notification wakes one who waits, with the lock held": small(stock(2, "")),
  "a notification that meets a cancel goes to another": small(async () => {
    const lock = new Lock({ name: "it" });
    const changed = new Condition(lock);
    const wait = (scope: Scope) => lock.run(() => changed.wait(scope));
    await withTaskGroup(async (group) => {
      const leaving = group.spawn(wait, { name: "A" });
      group.spawn(wait, { name: "B" });
      const notifying = group.spawn(
        async () => {
          await step("notify");
          return lock.run(() => {
            const { waiting } = changed.stats();
            changed.notify();
            return waiting;
          });
        },
        { name: "C" },
      );
      group.spawn(() => step("cancel").then(() => void leaving.cancel()), { name: "D" });
      const waited = await notifying;
      const left = await leaving.result().then(
        () => false,
        () => true,
      );
      if (waited === 2 && left) assert.equal(changed.stats().waiting, 0, "nobody was told");
      while (changed.stats().waiting > 0) {
        await lock.run(() => changed.notifyAll());
        await step("let them go");
      }
      if (waited < 2) group.cancel();
    });
  }),
  "whoever is cancelled holds the lock while it leaves": small(stock(2, "A"), 1),
  "whoever is woken looks again": small(async () => {
    const lock = new Lock({ name: "it" });
    const changed = new Condition(lock);
    let items = 0;
    const put = () =>
      lock.run(() => {
        items += 1;
        changed.notify();
      });
    const take = () =>
      lock.run(async () => {
        await changed.waitFor(() => items > 0);
        assert.ok(items > 0, "somebody else was faster");
        items -= 1;
      });
    await withTaskGroup(async (group) => {
      const taker = group.spawn(take, { name: "A" });
      const steal = () => step("steal").then(() => lock.run(() => void (items = 0)));
      await all([steal, () => step("put").then(put)]);
      if (taker.state === "running") await put();
    });
  }),
  "notifyAll wakes all": small(async () => {
    const lock = new Lock({ name: "it" });
    const changed = new Condition(lock);
    let go = false;
    const wait = () => lock.run(() => changed.waitFor(() => go));
    await tasks([
      wait,
      wait,
      () =>
        lock.run(() => {
          go = true;
          changed.notifyAll();
        }),
    ]);
  }),
  "all of that with more": large(stock(4, "BD")),
};
