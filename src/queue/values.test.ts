import { expect, test } from "vitest";
import { Queue } from "./index.js";

test("an item that is a rejected promise fails the step and does not pass for the end", async () => {
  const queue = new Queue<unknown>({ capacity: 3 });
  const values = queue.values();
  const step = values.next();
  const error = new Error("lost");
  await queue.put(Promise.reject(error));
  await expect(step).rejects.toBe(error);
  await queue.put("next");
  expect(await values.next()).toEqual({ done: false, value: "next" });
});
