import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";

// Real processes that get real signals, with the built package. Each says by what it prints when it is ready
// for the next signal.
const front = pathToFileURL(join(import.meta.dirname, "../../dist/index.js")).href;

interface Ended {
  readonly code: number | null;
  readonly killedBy: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a program; `at` tells which signal it gets when it has printed which line. */
function run(program: string, at: Record<string, NodeJS.Signals> = {}): Promise<Ended> {
  const source = `import { AsyncEvent, runMain, sleep, shield, withTaskGroup } from "${front}";\n${program}`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", source]);
  let out = "";
  let err = "";
  const rest = new Map(Object.entries(at));
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    out += chunk;
    for (const [line, signal] of rest) {
      if (!out.includes(`${line}\n`)) continue;
      rest.delete(line);
      child.kill(signal);
    }
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (err += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, killedBy) => resolve({ code, killedBy, out, err }));
  });
}

describe("without a signal", () => {
  test.each([
    ["0 for a main that gives nothing", "() => {}", 0],
    ["the number that main gives", "async () => 7", 7],
    ["0 for a main that gives 0", "() => 0", 0],
  ])("the exit code is %s", async (_, main, code) => {
    expect(await run(`await runMain(${main});`)).toEqual({
      code,
      killedBy: null,
      out: "",
      err: "",
    });
  });

  test.each([
    ["rejects", 'async () => { throw new RangeError("too far"); }', "RangeError: too far"],
    ["throws at once", '() => { throw new RangeError("too far"); }', "RangeError: too far"],
    ["throws a word", 'async () => { throw "too far"; }', "too far"],
  ])("a main that %s exits with 1, and the error is on stderr", async (_, main, message) => {
    const { code, err } = await run(`await runMain(${main});`);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });

  test("the errors of a failed group are all on stderr", async () => {
    const { code, err } = await run(`
      await runMain(() => withTaskGroup((group) => {
        group.spawn(async () => { throw new Error("first"); });
        group.spawn(async () => { throw new Error("second"); });
      }));`);
    expect(code).toBe(1);
    for (const part of ["with 2 errors", "Error: first", "Error: second"])
      expect(err).toContain(part);
  });

  test("an AbortError out of nowhere is an error", async () => {
    const main = '() => Promise.reject(new DOMException("stray", "AbortError"))';
    const { code, err } = await run(`await runMain(${main});`);
    expect(code).toBe(1);
    expect(err).toContain("stray");
  });

  test("the process ends with main, whatever timers are left", async () => {
    const { code } = await run("await runMain(() => { void sleep(3_600_000); });");
    expect(code).toBe(0);
  });

  test("nothing is cut off from what main printed last, through a pipe", async () => {
    const { code, out, err } = await run(`
      await runMain(() => {
        for (let line = 0; line < 50_000; line += 1) console.log("line", line, "x".repeat(50));
        console.error("e".repeat(1_000_000));
        console.log("the end");
      });`);
    expect(code).toBe(0);
    expect(out.split("\n")).toHaveLength(50_002);
    expect(out.endsWith("the end\n")).toBe(true);
    expect(err).toHaveLength(1_000_001);
  });
});

/** Prints `ready`, waits for the cancel, and cleans up with `cleanup`. */
const server = (cleanup: string, options = "{}"): string => `
  await runMain(async (scope) => {
    try {
      console.log("ready");
      await sleep(Infinity, scope);
    } finally {
      console.log("cleaning up:", scope.reason.message);
      ${cleanup}
    }
  }, ${options});`;

describe("the first signal", () => {
  test.each<[NodeJS.Signals, number]>([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ])(
    "%s cancels the root scope, waits for the cleanup, and exits with %i",
    async (signal, code) => {
      const program = server('await sleep(20); console.log("cleaned up");');
      const ended = await run(program, { ready: signal });
      expect(ended).toEqual({
        code,
        killedBy: null,
        out: `ready\ncleaning up: received ${signal}\ncleaned up\n`,
        err: "",
      });
    },
  );

  test("reaches tasks below, and lets a shield finish", async () => {
    const ended = await run(
      `await runMain((scope) => withTaskGroup((group) => {
        const told = new AsyncEvent();
        const write = () => told.wait().then(() => sleep(20)).then(() => console.log("written"));
        group.spawn((scope) => shield(write, scope));
        group.spawn((scope) => sleep(Infinity, scope).catch(() => {
          console.log("told");
          told.set();
        }));
        console.log("ready");
      }, scope));`,
      { ready: "SIGTERM" },
    );
    expect(ended).toMatchObject({ code: 143, out: "ready\ntold\nwritten\n", err: "" });
  });

  test("leaves the last word to a main that gives a number", async () => {
    const ended = await run(server("return 0;"), { ready: "SIGTERM" });
    expect(ended.code).toBe(0);
  });

  test("does not hide that the cleanup failed", async () => {
    const program = server('throw new Error("could not save");');
    const ended = await run(program, { ready: "SIGINT" });
    expect(ended.code).toBe(1);
    expect(ended.err).toContain("Error: could not save");
  });

  test("may be another than these two, which then are not caught", async () => {
    const program = server("", '{ signals: ["SIGUSR2"] }');
    const caught = await run(program, { ready: "SIGUSR2" });
    expect(caught).toMatchObject({ code: 140, killedBy: null });
    const killed = await run(program, { ready: "SIGTERM" });
    expect(killed).toMatchObject({ code: null, killedBy: "SIGTERM", out: "ready\n" });
  });
});

test.each<[NodeJS.Signals, NodeJS.Signals, number]>([
  ["SIGINT", "SIGINT", 130],
  ["SIGINT", "SIGTERM", 143],
])("after %s a second signal, %s, exits at once with %i", async (first, second, code) => {
  const program = server('await sleep(3_600_000); console.log("never");');
  const at = { ready: first, [`cleaning up: received ${first}`]: second };
  const ended = await run(program, at);
  expect(ended).toMatchObject({ code, killedBy: null });
  expect(ended.out).not.toContain("never");
});

test("a cleanup that takes longer than its grace is cut off, and stderr says so", async () => {
  const program = server('await sleep(3_600_000); console.log("never");', "{ graceMs: 30 }");
  const ended = await run(program, { ready: "SIGTERM" });
  expect(ended).toMatchObject({ code: 143, killedBy: null });
  expect(ended.out).not.toContain("never");
  expect(ended.err).toBe("SIGTERM: cleanup took longer than 30 ms\n");
});

test("a cleanup within its grace is not cut off", async () => {
  const program = server('await sleep(20); console.log("cleaned up");', "{ graceMs: 60_000 }");
  const ended = await run(program, { ready: "SIGTERM" });
  expect(ended).toMatchObject({ code: 143, err: "" });
  expect(ended.out).toContain("cleaned up");
});
