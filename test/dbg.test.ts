import { expect, test } from "vitest";
import { bundle } from "./interleavings/bundle.js";
import { Explorer } from "./interleavings/explorer.js";
test("x", async () => {
  const e = new Explorer(await bundle());
  console.log(await e.random("death: in a channel", 24));
  await e.close();
});
