import { closeSync, fstatSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cancelWordOf, WORD, WORD_COUNT } from "../wire/index.js";
import { FileWords } from "./file-words.js";

let words: FileWords;
beforeEach(() => void (words = FileWords.create()));
afterEach(() => words.close());

const all = (from: FileWords): number[] =>
  Array.from({ length: WORD_COUNT }, (_, index) => from.load(index));

test("all words begin as zero", () => {
  expect(all(words)).toEqual(Array.from({ length: WORD_COUNT }, () => 0));
});

test("each word keeps what was stored last, and only that one", () => {
  const values = Array.from({ length: WORD_COUNT }, (_, index) => (index * 0x9e3779b1) | 0);
  for (const [index, value] of values.entries()) words.store(index, value);
  expect(all(words)).toEqual(values);
  words.store(WORD.epoch, -(2 ** 31));
  values[WORD.epoch] = -(2 ** 31);
  expect(all(words)).toEqual(values);
});

test("whoever holds the file open sees what another has stored", () => {
  const other = new FileWords(words.fd);
  words.store(WORD.started, 7);
  expect(other.load(WORD.started)).toBe(7);
  other.store(WORD.epoch, 8);
  expect(words.load(WORD.epoch)).toBe(8);
});

test("the file has no name, and ends with whoever holds it open", () => {
  expect(fstatSync(words.fd).nlink).toBe(0);
  const own = FileWords.create();
  own.close();
  expect(() => closeSync(own.fd)).toThrow("EBADF");
});

test("every run has a cancel word, whatever its number", () => {
  for (const seq of [1, 61, 62, 2 ** 31 - 1, -(2 ** 31), -1]) {
    const index = cancelWordOf(seq);
    expect(index).toBeGreaterThanOrEqual(WORD.cancelled);
    expect(index).toBeLessThan(WORD_COUNT);
  }
});
