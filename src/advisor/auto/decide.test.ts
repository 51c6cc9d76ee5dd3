import * as fc from "fast-check";
import { expect, test } from "vitest";
import { nextModel, type Situation } from "./decide.js";

const situations: fc.Arbitrary<Situation> = fc.record({
  model: fc.constantFrom("async" as const, "threads" as const),
  asyncPerSecond: fc.double({ min: 0.1, max: 1e5, noNaN: true }),
  threadsPerSecond: fc.double({ min: 0.1, max: 1e5, noNaN: true }),
  busy: fc.boolean(),
  suffers: fc.boolean(),
  relieves: fc.boolean(),
  possible: fc.boolean(),
  heldOff: fc.boolean(),
});

test("on the same figures what is decided stays decided", () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const model = nextModel(situation);
      expect(nextModel({ ...situation, model })).toBe(model);
    }),
  );
});

test("what can't leave the loop stays, whatever it costs", () => {
  fc.assert(
    fc.property(situations, (situation) => {
      expect(nextModel({ ...situation, possible: false })).toBe("async");
    }),
  );
});

test("between the two ways lies a band in which a function stays where it is", () => {
  const calm = { busy: true, suffers: false, relieves: true, possible: true, heldOff: false };
  const about = { ...calm, asyncPerSecond: 100 };
  for (const model of ["async", "threads"] as const)
    for (const threadsPerSecond of [90, 100, 114])
      expect(nextModel({ ...about, model, threadsPerSecond })).toBe(model);
  expect(nextModel({ ...about, model: "async", threadsPerSecond: 116 })).toBe("threads");
  expect(nextModel({ ...about, model: "threads", threadsPerSecond: 80 })).toBe("async");
});

test("a loop that suffers is relieved, also if that is no faster; but not by a move that holds it too", () => {
  const slow = { asyncPerSecond: 100, threadsPerSecond: 95, busy: false, possible: true };
  const suffers = { ...slow, suffers: true, heldOff: false };
  expect(nextModel({ ...suffers, model: "async", relieves: true })).toBe("threads");
  expect(nextModel({ ...suffers, model: "async", relieves: false })).toBe("async");
  expect(nextModel({ ...suffers, model: "threads", relieves: false })).toBe("async");
});
