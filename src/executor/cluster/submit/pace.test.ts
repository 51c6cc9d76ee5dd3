import { expect, test } from "vitest";
import { Pace, PARCEL_BYTES } from "./pace.js";

/** After much work of a microsecond for each input. */
function quick(): Pace {
  const pace = new Pace();
  for (let i = 0; i < 100; i += 1) pace.measured(1, 1_000_000);
  return pace;
}

test("chunks grow with what has been done, to half a second's work and no more", () => {
  const pace = new Pace();
  expect(pace.chunkSize(2)).toBe(1);
  pace.measured(1_000, 1);
  expect(pace.chunkSize(2)).toBe(5); // what a job should carry at least
  pace.measured(1_000, 1_000);
  expect(pace.chunkSize(2)).toBe(125); // a quarter of a slot's share
  pace.measured(1_000, 1_000_000);
  expect(pace.chunkSize(2)).toBe(500);
});

test("chunks are never much longer than a parcel, be it the inputs or the outputs that are long", () => {
  const pace = quick();
  expect(pace.chunkSize(2)).toBe(10_000);
  pace.sized(3, 1);
  pace.sized(5_000, 1);
  expect(pace.chunkSize(2)).toBe(Math.floor(PARCEL_BYTES / 5_000));
  pace.sized(2 * PARCEL_BYTES, 1);
  expect(pace.chunkSize(2)).toBe(1);
});

test("chunks get larger again when the inputs get shorter", () => {
  const pace = quick();
  pace.sized(1_000_000, 1);
  for (let i = 0; i < 200; i += 1) pace.sized(10, 1);
  expect(pace.chunkSize(2)).toBe(10_000);
});
