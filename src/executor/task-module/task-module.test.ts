import { expect, test } from "vitest";
import * as executors from "weftwork/executor";
import * as door from "weftwork/tasks";

test("both doors show the same functions, so that what one names the other finds", () => {
  expect(Object.keys(door)).toEqual(["defineErrors", "defineTasks"]);
  expect(executors).toMatchObject(door);
});
