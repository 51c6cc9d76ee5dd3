import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Ended, MODULES, start, weft } from "./weft.js";

// What blocks does so again until it was named: a busy machine may give the watchdog no turn in time. What is
// claimed is the name.

/** Runs a program that blocks until its stdin ends, which it does when somebody was named. */
async function watched(args: string[]): Promise<Ended> {
  const { child, ended, said } = start(["run", "--watch-stalls", ...args], { input: null });
  await said("by drudge");
  child.stdin!.end();
  return ended;
}

test("run starts a program as Node does: its words, its main module, its exit code", async () => {
  const program = join(MODULES, "program.cjs");
  const { code, stdout, stderr } = await weft(["run", program, "--help", "-x", "--", "--", "y"]);
  expect(JSON.parse(stdout)).toEqual({ words: ["--help", "-x", "--", "--", "y"], isMain: true });
  expect({ code, stderr }).toEqual({ code: 7, stderr: "" });
});

test("run --watch-stalls names what blocks the program's loop", async () => {
  const program = join(MODULES, "program.cjs");
  const { code, stderr } = await watched([program, "--watch-stalls"]);
  expect(stderr).toMatch(
    /the event loop was blocked for \d+ ms\n {2}by drudge \(.*program\.cjs:3:/,
  );
  expect(code).toBe(7);
});

test("run --watch-stalls names it in TypeScript, at the line that was written", async () => {
  const program = join(MODULES, "program.ts");
  const { code, stdout, stderr } = await watched([program, "a", "b"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "yes a b\n" });
  const [, line] = /by drudge \(.*program\.ts:(\d+):/.exec(stderr) ?? [];
  const source = readFileSync(program, "utf8").split("\n");
  expect(source[Number(line) - 1], stderr).toMatch(/the culprit's line/);
});

test("an error that the program throws is its own", async () => {
  const { code, stderr } = await weft(["run", join(MODULES, "broken.js")]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/this module does not load/);
  expect(stderr).not.toMatch(/^weft:/m);
});

test.each(["async", "threads"])("map --watch-stalls names the function, on %s", async (model) => {
  const args = ["map", `${MODULES}/functions.ts#drudge`, "--model", model, "--workers", "1"];
  const words = model === "async" ? args.slice(0, 4) : args;
  const flags = ["--watch-stalls", "--stall-threshold", "200ms", "--quiet"];
  const { child, ended, said } = start([...words, ...flags], { input: null });
  const named = said("by drudge").then(() => true);
  let expected = "";
  for (let n = 1, isNamed = false; !isNamed; n += 1) {
    child.stdin!.write(`${n}\n`);
    expected += `"${n}"\n`;
    isNamed = await Promise.race([named, said(`"${n}"`).then(() => false)]);
  }
  child.stdin!.end();
  const { code, stdout, stderr } = await ended;
  expect({ code, stdout }).toEqual({ code: 0, stdout: expected });
  const loop = model === "async" ? "the event loop" : "the event loop of worker \\d+";
  expect(stderr).toMatch(
    new RegExp(`${loop} was blocked for \\d+ ms\n {2}by drudge \\(.*functions\\.ts`),
  );
});
