import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { blaming, nodes, runProgram } from "./run-program.js";

/*
 * The one place where tests run in real time: a watchdog is told by what it sees of a loop that is really
 * blocked. So they assert on names and never on times, each program is a process of its own, and what a busy
 * machine makes the watchdog miss is tried again (`programs/kit.js`); whom it names must never be innocent.
 */

const programs = join(import.meta.dirname, "programs");
const BLOCKS = join(programs, "blocks.js");

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
  ["read", "readLarge", "sync-io", "fs.readFileSync"],
  ["parse", "parseLarge", "json", "JSON.parse"],
  ["derive", "derive", "crypto", "crypto.pbkdf2Sync"],
  ["waitForNobody", "waitForNobody", "wait", undefined],
  ["deadlock", "takeBoth", "wait", undefined],
  ["deadlock of ours", "lockBoth", "wait", "acquireSync"],
] as const;

describe.each(nodes)("on Node %s", (major, node) => {
  test.each(EXPECTED)(
    "%s: the report names function, line and kind",
    async (block, name, kind, call) => {
      for (const stall of blaming(name, await runProgram(node, "blocks.js", block, name))) {
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
    const stalls = blaming("hoard", await runProgram(node, "hoard.js"));
    expect(stalls.some(({ gcShare }) => gcShare > 0)).toBe(true);
    for (const { gcShare, kind } of stalls) expect(kind).toBe(gcShare >= 0.5 ? "gc" : "cpu");
  });

  test("a block inside a task: the report names the task, and where it was spawned", async () => {
    const ended = await runProgram(node, "blocks.js", "resize", "spin");
    for (const { frames, task } of blaming("spin", ended)) {
      expect(frames[1]?.functionName).toBe("resize");
      expect(task).toMatchObject({ name: "thumbnails" });
      expect(task?.spawnedAt?.file).toMatch(/blocks\.js$/);
    }
  });

  test("a block inside a worker of an executor is named, with its thread", async () => {
    for (const { thread, task } of blaming("crunch", await runProgram(node, "in-worker.js"))) {
      expect(thread).toBeGreaterThan(0);
      expect(task?.name).toBe("crunch");
    }
  });

  test("a block inside a worker process is named, with that process", async () => {
    const ended = await runProgram(node, "in-process.js");
    const workers = Array.from(ended.stderr.matchAll(/^worker (\d+)$/gm), ([, id]) => Number(id));
    for (const { process: id, thread, cure } of blaming("crunch", ended)) {
      expect(workers).toContain(id);
      expect(thread).toBe(0);
      expect(cure).toMatch(/^nothing, if its worker has only `crunch` to do/);
    }
  });

  test("a main thread that blocks for a shared lock is named, as one that waits", async () => {
    const ended = await runProgram(node, "lock-on-main.js");
    for (const { kind, cure } of blaming("waitsForAccounts", ended)) {
      expect(kind).toBe("wait");
      expect(cure).toMatch(/a lock whose acquire is awaited/);
    }
  });

  test("a block that lasts is told of on stderr, while it lasts", async () => {
    const ended = await runProgram(node, "stuck.js");
    expect(ended.stderr).toMatch(/has been blocked for \d+ ms, and still is\n {2}by spin/);
    expect(blaming("spin", ended).map(({ lasting }) => lasting)).toContain(true);
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
