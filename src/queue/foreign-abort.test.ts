import { expect, test } from "vitest";
import { Queue } from "./index.js";

/** A signal whose first listener, older than any of ours, is `run`. */
function heardFirst(run: () => void): AbortController {
  const controller = new AbortController();
  controller.signal.addEventListener("abort", run);
  return controller;
}

test("an item goes to the next that waits for one, not to a getter whose signal has aborted", async () => {
  const queue = new Queue<string>({ capacity: 1 });
  const controller = heardFirst(() => expect(queue.tryPut("item")).toBe(true));
  const leaving = queue.get(controller);
  const next = queue.get();
  controller.abort("stop");
  await expect(leaving).rejects.toBe("stop");
  expect(await next).toBe("item");
});

test("with no getter left the item is kept", async () => {
  const queue = new Queue<string>({ capacity: 1 });
  const controller = heardFirst(() => expect(queue.tryPut("item")).toBe(true));
  const leaving = queue.get(controller);
  controller.abort("stop");
  await expect(leaving).rejects.toBe("stop");
  expect([queue.tryGet(), queue.stats().unfinished]).toEqual([{ value: "item" }, 1]);
});

test("the item of a putter whose signal has aborted never comes in; the next one's does", async () => {
  const queue = new Queue<string | undefined>({ capacity: 1 });
  await queue.put("held");
  const controller = heardFirst(() => expect(queue.tryGet()).toEqual({ value: "held" }));
  const leaving = queue.put("cancelled", controller);
  const next = queue.put(undefined);
  controller.abort("stop");
  await expect(leaving).rejects.toBe("stop");
  await next;
  expect([queue.tryGet(), queue.tryGet()]).toEqual([{ value: undefined }, undefined]);
});

test("with no putter left there is room, and nothing is made up", async () => {
  const queue = new Queue<string>({ capacity: 1 });
  await queue.put("held");
  const controller = heardFirst(() => expect(queue.tryGet()).toEqual({ value: "held" }));
  const leaving = queue.put("cancelled", controller);
  controller.abort("stop");
  await expect(leaving).rejects.toBe("stop");
  expect(queue.stats()).toMatchObject({ buffered: 0, waiting: 0, unfinished: 1 });
});
