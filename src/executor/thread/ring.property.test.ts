import * as fc from "fast-check";
import assert from "node:assert/strict";
import { describe, expect, test } from "vitest";
import { newRing, RingReader, RingWriter } from "./ring.js";

const HEAD_BYTES = 8; // the size, and the frame's number

/** A ring with both ends and what should come out of it. */
class Trial {
  readonly writer: RingWriter;
  readonly reader: RingReader;
  readonly #written: { number: number; size: number }[] = [];
  readonly #published: { number: number; size: number }[] = [];
  #last = 0;

  constructor(bytes: number) {
    const memory = newRing(bytes);
    this.writer = new RingWriter(memory);
    this.reader = new RingReader(memory);
  }

  write(size: number): boolean {
    const hasRoom = this.writer.hasRoom(size);
    const at = this.writer.reserve(size);
    assert.equal(at >= 0, hasRoom); // nothing that was promised is taken back
    if (at < 0) return false;
    this.#last += 1;
    const { words } = this.writer;
    words.fill(this.#last, at >> 2, (at + size) >> 2);
    words[at >> 2] = size;
    this.#written.push({ number: this.#last, size });
    return true;
  }

  publish(): void {
    this.writer.publish();
    this.#published.push(...this.#written.splice(0));
  }

  /** Reads the next frame, if there should be one. */
  read(): void {
    const at = this.reader.next();
    const expected = this.#published.shift();
    if (expected === undefined) return assert.equal(at, -1);
    const { number, size } = expected;
    const { words } = this.reader;
    assert.equal(words[at >> 2], size);
    const rest = words.subarray((at >> 2) + 1, (at + size) >> 2);
    if (!rest.every((word) => word === number)) throw new Error(`frame ${number} was written over`);
    this.reader.pass(at);
  }

  /** Leaves nothing in it. True if the largest frame has room then, as it should. */
  empty(): boolean {
    this.publish();
    while (this.#published.length > 0) this.read();
    this.read();
    this.reader.release();
    return this.write(this.writer.longest);
  }

  /** Moves the counts on by whole frames, as often as fit below `count`. */
  moveTo(count: number): void {
    const { longest } = this.writer;
    for (let moved = 0; moved + longest <= count; moved += longest) {
      const at = this.writer.reserve(longest);
      this.writer.words[at >> 2] = longest;
      this.writer.publish();
      this.reader.pass(this.reader.next());
      this.reader.release();
    }
  }
}

type Act = { act: "write"; size: number } | { act: "publish" | "read" | "release" };
const actsIn = (bytes: number): fc.Arbitrary<Act[]> => {
  const size = fc.integer({ min: 1, max: bytes / 2 / HEAD_BYTES }).map((n) => n * HEAD_BYTES);
  const write = fc.record({ act: fc.constant("write" as const), size });
  const other = fc.constantFrom<Act[]>({ act: "publish" }, { act: "read" }, { act: "release" });
  return fc.array(fc.oneof(write, other), { maxLength: 100 });
};

function play(trial: Trial, acts: readonly Act[]): boolean {
  for (const act of acts) {
    if (act.act === "write") trial.write(act.size);
    else if (act.act === "publish") trial.publish();
    else if (act.act === "read") trial.read();
    else trial.reader.release();
  }
  return trial.empty();
}

describe("a ring is a queue", () => {
  test.each([64, 256, 1024])("of %i bytes", (bytes) => {
    fc.assert(
      fc.property(actsIn(bytes), (acts) => {
        expect(play(new Trial(bytes), acts)).toBe(true);
      }),
    );
  });

  test.each([2 ** 31, 2 ** 32])("also while its counts pass %i", (wrap) => {
    const bytes = 1 << 16;
    fc.assert(
      fc.property(actsIn(bytes), fc.nat(2), (acts, before) => {
        const trial = new Trial(bytes);
        trial.moveTo(wrap - before * trial.writer.longest);
        expect(play(trial, acts)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

test("whoever sleeps is rung for once, by the first that publishes", () => {
  const { writer, reader } = new Trial(256);
  const put = (): boolean => {
    writer.words[writer.reserve(8) >> 2] = 8;
    return writer.publish();
  };
  expect(put()).toBe(true); // a new ring's reader sleeps
  expect(put()).toBe(false);
  expect(reader.sleep()).toBe(false); // there is something to read
  expect(put()).toBe(false);
  for (let at = reader.next(); at >= 0; at = reader.next()) reader.pass(at);
  expect(reader.sleep()).toBe(true);
  expect(writer.publish()).toBe(false); // nothing new
  expect(put()).toBe(true);
  expect(put()).toBe(false);
});

test("whoever asked for room is rung for once, by the first release", () => {
  const { writer, reader } = new Trial(64);
  writer.words[writer.reserve(32) >> 2] = 32;
  writer.words[writer.reserve(32) >> 2] = 32;
  writer.publish();
  expect(writer.reserve(8)).toBe(-1);
  reader.pass(reader.next());
  expect(reader.release()).toBe(false); // nobody has asked
  writer.askForRoom();
  expect(writer.hasRoom(8)).toBe(true); // and so it looks once more
  expect(reader.release()).toBe(true);
  expect(reader.release()).toBe(false);
});
