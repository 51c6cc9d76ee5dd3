import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CancelScope, WaitQueue } from "./index.js";

/** How each waiter ended, by its number. */
type Ends = Map<number, string>;

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ wait: fc.constantFrom("alone", "in a scope") }) },
    { weight: 2, arbitrary: fc.record({ wake: fc.constant(true) }) },
    { weight: 1, arbitrary: fc.record({ fail: fc.constant(true) }) },
    { weight: 2, arbitrary: fc.record({ cancel: fc.nat(30) }) },
    { weight: 1, arbitrary: fc.record({ wakeAll: fc.constant(true) }) },
    { weight: 2, arbitrary: fc.record({ pause: fc.constant(true) }) },
  ),
  { maxLength: 40 },
);

test("a queue is an array of waiters: in order, each ended once, by whoever came first", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const queue = new WaitQueue<string>("gate");
      const scopes: (CancelScope | undefined)[] = [];
      const promises: Promise<void>[] = [];
      const ends: Ends = new Map();
      const expected: Ends = new Map();
      let model: number[] = [];
      const end = (waiter: number | undefined, how: string): boolean => {
        if (waiter === undefined) return false;
        expected.set(waiter, how);
        model = model.filter((other) => other !== waiter);
        return true;
      };
      const join = (scope: CancelScope | undefined): void => {
        const waiter = scopes.push(scope) - 1;
        model.push(waiter);
        const wait = queue.wait(scope);
        promises.push(
          wait.then(
            (value) => void ends.set(waiter, value),
            (error) => void ends.set(waiter, String(error)),
          ),
        );
      };
      // Each gives what the queue said, and what the model says.
      const wake = (how: string): unknown[] => [queue.wakeOne(how), end(model[0], how)];
      const fail = (how: string): unknown[] => [queue.failOne(how), end(model[0], how)];
      const wakeAll = (how: string): unknown[] => {
        const said = [queue.wakeAll(how), undefined];
        for (const waiter of model) end(waiter, how);
        return said;
      };
      const cancel = (waiter: number, how: string): void => {
        if (scopes[waiter]?.cancel(how) === true && model.includes(waiter)) end(waiter, how);
      };
      for (const [at, step] of steps.entries()) {
        let said: unknown[] = [true, true];
        if ("wait" in step) join(step.wait === "alone" ? undefined : new CancelScope());
        else if ("wake" in step) said = wake(`woken ${at}`);
        else if ("fail" in step) said = fail(`failed ${at}`);
        else if ("wakeAll" in step) said = wakeAll(`all ${at}`);
        else if ("cancel" in step) cancel(step.cancel, `cancelled ${at}`);
        else await Promise.resolve();
        expect(said[0]).toBe(said[1]);
        expect(queue.size).toBe(model.length);
      }
      queue.wakeAll("end");
      for (const waiter of model) end(waiter, "end");
      await Promise.all(promises);
      expect(ends).toEqual(expected);
    }),
    { numRuns: 1_000 },
  );
});
