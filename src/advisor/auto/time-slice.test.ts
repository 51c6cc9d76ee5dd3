import { expect, test } from "vitest";
import { VirtualHost } from "../../testing/index.js";
import { sleep } from "../../task/index.js";
import { TimeSlice } from "./time-slice.js";

test("when a slice is used up nothing begins until the loop has had its turn", async () => {
  await new VirtualHost().run(async () => {
    let turns = 0;
    const slice = new TimeSlice(10, () => (turns += 1));
    slice.use(6);
    expect(slice.over).toBe(false);
    slice.use(6);
    slice.use(6);
    expect([slice.over, turns]).toEqual([true, 0]);
    await sleep(1);
    expect([slice.over, turns]).toEqual([false, 1]); // once, however far it was overdrawn
    slice.use(6);
    expect(slice.over).toBe(false); // a new one
  });
});
