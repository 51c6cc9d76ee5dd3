import assert from "node:assert/strict";
import { test } from "node:test";
import { Lock, withTaskGroup } from "weftwork";
import { explore, explored, step } from "weftwork/testing";

test("no deadlock", () =>
  explore(async () => {
    const a = new Lock({ name: "a" });
    const b = new Lock({ name: "b" });
    const both = (first, second) => () => first.run(() => second.run(() => step("work")));
    await withTaskGroup((group) => {
      group.spawn(both(a, b), { name: "A" });
      group.spawn(both(b, a), { name: "B" });
    });
  }));

test(
  "no withdrawal is lost",
  explored(async () => {
    let balance = 100;
    const withdraw = async (amount) => {
      const before = balance;
      await step("write balance");
      balance = before - amount;
    };
    await Promise.all([withdraw(30), withdraw(50)]);
    assert.equal(balance, 20);
  }),
);
