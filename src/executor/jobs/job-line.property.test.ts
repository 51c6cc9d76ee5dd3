import { array, assert, constant, constantFrom, nat, oneof, property, record } from "fast-check";
import { expect, test } from "vitest";
import type { Job } from "./job.js";
import { JobLine } from "./job-line.js";

/** What a line sees of a job. */
interface Waiting {
  readonly id: number;
  readonly priority: number;
  ahead: Job | undefined;
  behind: Job | undefined;
}

const priorities = constantFrom(0, 0, 0, 1, -1, 5, 0.5, -0, Infinity, -Infinity);
const steps = array(
  oneof(
    record({ kind: constantFrom("add" as const, "addFirst" as const), priority: priorities }),
    record({ kind: constantFrom("remove" as const), nth: oneof(constant(0), nat(50)) }),
  ),
  { maxLength: 200 },
);

test("a line gives its jobs by priority, equals as they came, whoever leaves from the middle", () => {
  assert(
    property(steps, (steps) => {
      const line = new JobLine();
      // The model: jobs in the order in which they are to come out.
      const model: Waiting[] = [];
      let id = 0;
      for (const step of steps) {
        let left: Waiting | undefined;
        if ("priority" in step) {
          const { priority } = step;
          const job: Waiting = { id: (id += 1), priority, ahead: undefined, behind: undefined };
          const before = (other: Waiting): boolean =>
            step.kind === "add" ? other.priority > priority : other.priority >= priority;
          const at = model.findIndex(before);
          model.splice(at < 0 ? model.length : at, 0, job);
          line[step.kind](job as unknown as Job);
        } else {
          [left] = model.splice(step.nth % Math.max(1, model.length), 1);
          if (left !== undefined) line.remove(left as unknown as Job);
        }
        expect([left?.ahead, left?.behind]).toEqual([undefined, undefined]);
        expect(line.first()).toBe(model[0]);
        expect(line.size).toBe(model.length);
      }
      const left: unknown[] = [];
      for (let job = line.first(); job !== undefined; job = line.first()) {
        left.push(job);
        line.remove(job);
      }
      expect(left).toEqual(model);
      expect(line.size).toBe(0);
    }),
  );
});
