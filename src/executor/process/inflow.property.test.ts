import * as fc from "fast-check";
import { deserialize, serialize } from "node:v8";
import { expect, test } from "vitest";
import { readValue, writeFrame } from "../wire/index.js";
import { Batch } from "./batch.js";
import { Inflow } from "./inflow.js";

const value = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.string({ unit: "binary" }),
  fc.jsonValue(),
  fc.uint8Array({ maxLength: 300 }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => new Map([["bytes", bytes]])),
);
const batches = fc.array(fc.array(value, { maxLength: 10 }), { maxLength: 5 });
const pieces = fc.infiniteStream(fc.integer({ min: 1, max: 200 }));

/** Takes out what has come whole. */
function takeFrom(inflow: Inflow): unknown[] {
  const values: unknown[] = [];
  for (let at = inflow.next(); at >= 0; at = inflow.next()) {
    const word = at >> 2;
    const [, kindAndTag, seq, , , inline] = inflow.words.subarray(word, word + 6);
    expect(seq).toBe(kindAndTag! & 0xff);
    values.push(
      readValue(inflow, at, kindAndTag! >> 8, inline!, (bytes) => deserialize(Buffer.from(bytes))),
    );
    inflow.pass(at);
  }
  return values;
}

test("frames come whole, each once and in order, however the bytes were cut", () => {
  fc.assert(
    fc.property(batches, pieces, (batches, pieces) => {
      const batch = new Batch(serialize);
      const inflow = new Inflow();
      const came: unknown[] = [];
      for (const values of batches) {
        for (const value of values) writeFrame(batch, 9, 9, 0, 0, value, undefined);
        let bytes = batch.take();
        while (bytes.length > 0) {
          const length = pieces.next().value;
          const piece = Buffer.from(bytes.subarray(0, length));
          inflow.add(piece);
          piece.fill(0xff); // a socket may use its memory again
          bytes = bytes.subarray(length);
          came.push(...takeFrom(inflow));
        }
      }
      expect(came).toStrictEqual(batches.flat().map((value) => structuredClone(value)));
    }),
    { numRuns: 200 },
  );
});

test("a frame that is longer than all memory so far finds its place behind one that is not read yet", () => {
  const batch = new Batch(serialize);
  const long = "long".repeat(100_000);
  writeFrame(batch, 9, 9, 0, 0, "first", undefined);
  writeFrame(batch, 9, 9, 0, 0, long, undefined);
  writeFrame(batch, 9, 9, 0, 0, "last", undefined);
  const bytes = batch.take();
  const inflow = new Inflow();
  inflow.add(bytes.subarray(0, 50));
  inflow.add(bytes.subarray(50));
  expect(takeFrom(inflow)).toEqual(["first", long, "last"]);
});

test("memory that one long frame needed goes back with the next bytes", () => {
  const batch = new Batch(serialize);
  const inflow = new Inflow();
  for (const value of [new Uint8Array(3 << 20), "short"]) {
    writeFrame(batch, 9, 9, 0, 0, value, undefined);
    inflow.add(batch.take());
    expect(takeFrom(inflow)).toEqual([value]);
  }
  for (const { buffer } of [inflow.bytes, inflow.words, inflow.doubles])
    expect(buffer.byteLength).toBeLessThan(1 << 20);
});
