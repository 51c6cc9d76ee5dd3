import { expect, test } from "vitest";
import { TaskRef } from "./task-ref.js";

test("an input is cheap to send if that is nothing beside its run", () => {
  const ref = new TaskRef(1, "task", "() => 1");
  ref.averageUs = 2_000;
  ref.wantsMeasure(); // the first send
  ref.sent(1_000); // a quarter of it counts
  expect(ref.cheapToSend).toBe(false);
  for (let i = 0; i < 20; i += 1) ref.sent(5);
  expect(ref.cheapToSend).toBe(true);
});
