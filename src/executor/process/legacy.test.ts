import { expect, test } from "vitest";
import { FileWords } from "./file-words.js";
import { Legacy } from "./legacy.js";

function openLegacy(check: (worker: Legacy, pool: Legacy) => void): void {
  const words = FileWords.create();
  try {
    check(new Legacy(words.fd), new Legacy(words.fd));
  } finally {
    words.close();
  }
}

const text = (legacy: Legacy, received: number): string => legacy.beyond(received).toString();

test("what was left is read beyond what has been received, and nothing twice", () =>
  openLegacy((worker, pool) => {
    expect(text(pool, 0)).toBe("");
    worker.leave(Buffer.from("abcdef"), 100);
    worker.noteStart(7);
    expect(text(pool, 100)).toBe("abcdef");
    expect(text(pool, 104)).toBe("ef");
    expect(text(pool, 106)).toBe("");
    expect(text(pool, 1000)).toBe("");
  }));

test("it is written with the note of the next start, and stays with those that follow", () =>
  openLegacy((worker, pool) => {
    expect(pool.lastStart()).toBe(0);
    worker.noteStart(-7);
    expect([pool.lastStart(), text(pool, 0)]).toEqual([-7, ""]);
    worker.leave(Buffer.from("ab"), 0);
    expect([pool.lastStart(), text(pool, 0)]).toEqual([-7, ""]);
    worker.noteStart(8);
    worker.noteStart(9);
    expect([pool.lastStart(), text(pool, 0)]).toEqual([9, "ab"]);
  }));

test("after a gap in what was received, nothing of it can be used", () =>
  openLegacy((worker, pool) => {
    worker.leave(Buffer.from("abcdef"), 100);
    worker.noteStart(1);
    expect(text(pool, 99)).toBe("");
  }));

test("what is left anew stands in place of what was left before", () =>
  openLegacy((worker, pool) => {
    worker.leave(Buffer.from("abcdef"), 100);
    worker.noteStart(1);
    worker.leave(Buffer.from("gh"), 106);
    worker.noteStart(2);
    expect(text(pool, 106)).toBe("gh");
    expect(text(pool, 100)).toBe(""); // the six before were sent, and lost
  }));

test("more than it has room for is refused, and what was left before stays", () =>
  openLegacy((worker, pool) => {
    expect(worker.leave(Buffer.alloc(4080, "x"), 0)).toBe(true);
    expect(worker.leave(Buffer.alloc(4081, "y"), 0)).toBe(false);
    worker.noteStart(1);
    expect(text(pool, 0)).toBe("x".repeat(4080));
  }));
