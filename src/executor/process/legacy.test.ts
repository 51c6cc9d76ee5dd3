import { expect, test } from "vitest";
import { FileWords } from "./file-words.js";
import { Legacy } from "./legacy.js";

function openLegacy(check: (ours: Legacy, theirs: Legacy) => void): void {
  const words = FileWords.create();
  try {
    check(new Legacy(words.fd), new Legacy(words.fd));
  } finally {
    words.close();
  }
}

test("what was left is read beyond what has been received, and nothing twice", () =>
  openLegacy((worker, pool) => {
    expect(pool.beyond(0).toString()).toBe("");
    worker.leave(Buffer.from("abcdef"), 100);
    expect(pool.beyond(100).toString()).toBe("abcdef");
    expect(pool.beyond(104).toString()).toBe("ef");
    expect(pool.beyond(106).toString()).toBe("");
    expect(pool.beyond(1000).toString()).toBe("");
  }));

test("after a gap in what was received, nothing of it can be used", () =>
  openLegacy((worker, pool) => {
    worker.leave(Buffer.from("abcdef"), 100);
    expect(pool.beyond(99).toString()).toBe("");
  }));

test("what is left anew stands in place of what was left before", () =>
  openLegacy((worker, pool) => {
    worker.leave(Buffer.from("abcdef"), 100);
    worker.leave(Buffer.from("gh"), 106);
    expect(pool.beyond(106).toString()).toBe("gh");
    expect(pool.beyond(100).toString()).toBe(""); // the six before were sent, and lost
  }));

test("more than it has room for is refused, and what was left before stays", () =>
  openLegacy((worker, pool) => {
    expect(worker.leave(Buffer.alloc(4080, "x"), 0)).toBe(true);
    expect(worker.leave(Buffer.alloc(4081, "y"), 0)).toBe(false);
    expect(pool.beyond(0).toString()).toBe("x".repeat(4080));
  }));
