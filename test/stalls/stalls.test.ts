import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodes, runProgram, type Stall, stallsIn } from "./run-program.js";

/*
 * The one place where tests run in real time: a watchdog is told by what it sees of a loop that is really
 * blocked. So they assert on names and never on times, each program is a process of its own, and what a busy
 * machine makes the watchdog miss is tried again (`programs/kit.js`); what it names must always be right.
 */

const programs = join(import.meta.dirname, "programs");
const BLOCKS = join(programs, "blocks.js");

/** Reports that name somebody. */
function named(lines: readonly string[]): Stall[] {
  return stallsIn(lines).filter(({ frames }) => frames.length > 0);
}

/** The lines of a function of a program, from its first to the brace that closes it. */
function linesOf(file: string, functionName: string): [number, number] {
  const lines = readFileSync(file, "utf8").split("\n");
  const opens = new RegExp(`^(export )?function ${functionName}\\(`);
  const first = lines.findIndex((line) => opens.test(line));
  return [first + 1, lines.indexOf("}", first) + 1];
}

const EXPECTED = [
  ["loop", "spin", "cpu", undefined],
  ["backtrack", "backtrack", "regexp", undefined],
  ["shell", "shell", "child-process", "child_process.execSync"],
  ["readLarge", "readLarge", "sync-io", "fs.readFileSync"],
  ["parseLarge", "parseLarge", "json", "JSON.parse"],
  ["derive", "derive", "crypto", "crypto.pbkdf2Sync"],
  ["waitForNobody", "waitForNobody", "wait", undefined],
  ["takeBoth", "takeBoth", "wait", undefined],
  ["lockBoth", "lockBoth", "wait", "acquireSync"],
] as const;

describe.each(nodes)("on Node %s", (major, node) => {
  test.each(EXPECTED)(
    "%s: the report names function, line and kind",
    async (block, name, kind, call) => {
      const { lines, stderr } = await runProgram(node, "blocks.js", block);
      const stalls = named(lines);
      expect(stalls.length, stderr + lines.join("\n")).toBeGreaterThan(0);
      for (const stall of stalls) {
        const [culprit] = stall.frames;
        const file = name === "spin" ? join(programs, "kit.js") : BLOCKS;
        const [first, last] = linesOf(file, name);
        expect(culprit).toMatchObject({ functionName: name, file });
        expect(culprit!.line >= first && culprit!.line <= last, `line ${culprit!.line}`).toBe(true);
        expect([stall.call, stall.thread]).toEqual([call, 0]);
        expect([kind, "gc"]).toContain(stall.kind);
      }
    },
  );

  test("the collector's part of a stall is told, and is the kind if it is most of it", async () => {
    const { lines, stderr } = await runProgram(node, "blocks.js", "hoard");
    const ended = named(lines).filter(({ lasting }) => !lasting);
    expect(ended.length, stderr + lines.join("\n")).toBeGreaterThan(0);
    for (const { gcShare, kind } of ended) {
      expect(gcShare).toBeGreaterThan(0);
      expect(kind).toBe(gcShare >= 0.5 ? "gc" : "cpu");
    }
  });

  test("a block inside a task: the report names the task, and where it was spawned", async () => {
    const { lines, stderr } = await runProgram(node, "blocks.js", "resize");
    const stalls = named(lines);
    expect(stalls.length, stderr + lines.join("\n")).toBeGreaterThan(0);
    for (const { frames, task } of stalls) {
      expect(frames.map(({ functionName }) => functionName).slice(0, 2)).toEqual([
        "spin",
        "resize",
      ]);
      expect(task).toMatchObject({ name: "thumbnails" });
      expect(task?.spawnedAt?.file).toMatch(/blocks\.js$/);
    }
  });

  test("a block inside a worker of an executor is named, with its thread", async () => {
    const { lines, stderr } = await runProgram(node, "in-worker.js");
    const stalls = named(lines);
    expect(stalls.length, stderr + lines.join("\n")).toBeGreaterThan(0);
    for (const { thread, frames, task } of stalls) {
      expect(thread).toBeGreaterThan(0);
      expect(frames[0]?.functionName).toBe("crunch");
      expect(task?.name).toBe("crunch");
    }
  });

  test("a main thread that blocks for a shared lock is named, as one that waits", async () => {
    const { lines, stderr } = await runProgram(node, "lock-on-main.js");
    const waiting = stallsIn(lines).find(({ kind }) => kind === "wait");
    expect(waiting?.frames[0]?.functionName, stderr).toBe("waitsForAccounts");
    expect(waiting?.cure).toMatch(/a lock whose acquire is awaited/);
  });

  test("a block that lasts is told of on stderr, while it lasts", async () => {
    const { lines, stderr } = await runProgram(node, "stuck.js");
    expect(stderr).toMatch(/has been blocked for \d+ ms, and still is\n {2}by spin/);
    expect(named(lines).map(({ lasting }) => lasting)).toContain(true);
  });

  test("what blocked a program at its very end is told, and its exit code is its own", async () => {
    const { code, stderr } = await runProgram(node, "at-the-end.js");
    expect(code).toBe(3);
    expect(stderr).toMatch(/the event loop was blocked for|has been blocked for/);
    expect(stderr).not.toMatch(/Waiting for the debugger/);
  });

  const count = process.env["WEFTWORK_STALLS"] ?? "20";
  const timeout = 60_000 + 1_000 * Number(count);
  test(
    "short stalls around the threshold: an innocent function is never blamed",
    { timeout },
    async () => {
      const { lines, stderr } = await runProgram(node, "random-stalls.js", count);
      const { stalls, named, callers, wrong } = JSON.parse(lines.at(-1) ?? "{}") as {
        stalls: number;
        named: number;
        callers: number;
        wrong: unknown[];
      };
      process.stdout.write(
        `Node ${major}: of ${count} stalls ${stalls} reported, ${named} named (${callers} by their caller), ${wrong.length} wrong\n`,
      );
      expect(wrong, stderr).toEqual([]);
      expect(named).toBeGreaterThan(0);
    },
  );
});
