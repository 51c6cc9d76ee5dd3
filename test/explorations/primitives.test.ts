import { describe, expect, test } from "vitest";
import { primitives } from "./primitives/index.js";

describe.each(Object.entries(primitives))("%s", (_, explorations) => {
  test.each(Object.entries(explorations))("%s", async (_law, exploration) => {
    await expect(exploration().then(() => "held")).resolves.toBe("held");
  });
});
