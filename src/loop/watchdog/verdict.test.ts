import { expect, test } from "vitest";
import type { SeenFrame } from "../frame.js";
import type { Sample } from "./sample.js";
import { verdictOn } from "./verdict.js";

/** `main > work > parse`, the caller first, as a stack of frames. */
function stack(path: string): SeenFrame[] {
  const names = path.split(" > ").toReversed();
  return names.map((functionName) => ({
    functionName,
    file: functionName.startsWith("node:") ? "node:fs" : "/app.js",
    line: 1,
    column: 1,
    startLine: 1,
  }));
}

function at(atMs: number, path: string | undefined): Sample {
  return { beats: 1, atMs, frames: path === undefined ? undefined : stack(path) };
}

function blamed(endMs: number, ...samples: Sample[]): string | undefined {
  return verdictOn(samples, 0, endMs, 20).frames[0]?.functionName;
}

test("who was on the stack for most of a stall is blamed, and not what it called for a moment", () => {
  const helpers = ["a", "b", "c", "d"].map((helper, i) =>
    at(20 * 2 ** i, `main > work > ${helper}`),
  );
  expect(blamed(200, ...helpers)).toBe("work");
  expect(blamed(100, at(20, "main > work > parse"), at(40, "main > work > parse"))).toBe("parse");
});

test("two that each took a part are not guilty alone: their caller is", () => {
  expect(blamed(60, at(20, "main > first"), at(40, "main > second"))).toBe("main");
  expect(blamed(60, at(20, "first"), at(40, "second"))).toBeUndefined();
});

test("one moment proves nothing", () => {
  expect(blamed(60, at(20, "main > work"))).toBeUndefined();
  expect(blamed(60)).toBeUndefined();
});

test("an innocent that comes after native code is not blamed for it", () => {
  const verdict = verdictOn([at(20, undefined), at(300, "main > innocent")], 0, 305, 20);
  expect(verdict.frames).toEqual([]);
  expect(verdict.unknown?.because).toMatch(/native code/);
  expect(blamed(90, at(20, "main > work"), at(40, undefined), at(80, "main > innocent"))).toBe(
    "main",
  );
});

test("a moment that was not seen is its neighbours', if they agree", () => {
  const late = [at(20, undefined), at(35, "main > work"), at(60, undefined), at(80, "main > work")];
  expect(blamed(150, ...late)).toBe("work");
});

test("nobody is blamed for the time in which the watchdog saw nothing", () => {
  const early = [at(20, "main > work"), at(40, "main > work")];
  expect(blamed(100, ...early)).toBe("work");
  expect(blamed(400, ...early)).toBeUndefined();
  expect(blamed(400, at(200, "main > work"), at(390, "main > work"))).toBe("work");
  expect(blamed(1_200, at(900, "main > a"), at(940, "main > a"))).toBeUndefined();
  expect(blamed(400, ...early, at(380, "main > work"))).toBe("work"); // it was there before and after
  expect(blamed(400, ...early, at(380, "main > rest"))).toBe("main");
});

test("frames of Node are nobody's fault", () => {
  const inside = "main > read > node:readFileSync";
  expect(blamed(100, at(20, inside), at(40, inside))).toBe("read");
  expect(blamed(100, at(20, "node:a"), at(40, "node:a"))).toBeUndefined();
});

test("callers follow, the nearest first", () => {
  const { frames } = verdictOn([at(20, "a > b > c"), at(40, "a > b > c")], 0, 60, 20);
  expect(frames.map(({ functionName }) => functionName)).toEqual(["c", "b", "a"]);
});
