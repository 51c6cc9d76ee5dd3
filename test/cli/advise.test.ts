import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Advice } from "weftwork/advisor";
import { folder, MODULES, WEFT, weft } from "./weft.js";

const F = `${MODULES}/functions.ts`;
const QUICK = ["--time", "100ms", "--yes"];
const NUMBERS = Array.from({ length: 50 }, (_, i) => `${i}\n`).join("");

test("advice names a model, ranks all of them, and gives the reason in one sentence", async () => {
  const { stdout, code } = await weft(["advise", `${F}#busy`, ...QUICK], { input: NUMBERS });
  expect(code).toBe(0);
  const [reason, , head, chosen, ...more] = stdout.split("\n");
  expect(reason).toMatch(/^(async|threads|processes)\. [\w/-]+: .* busy of .*\.$/);
  expect(head).toMatch(/per second .*loop delay +memory +start-up/);
  expect(chosen).toMatch(/^\* /);
  expect(more.slice(0, 2).every((line) => /^ {2}(async|threads|processes) x/.test(line))).toBe(
    true,
  );
  expect(stdout).toMatch(/\nfor weft map: --model (async --limit|threads --w|processes --w)/);
});

test("as JSON it is all that was measured and predicted", async () => {
  // So long that it is no matter if the machine takes half of it for something else.
  const time = ["--time", "2s", "--yes"];
  const args = ["advise", `${F}#naps`, "--json", "--limit", "8", "--items", "50", ...time];
  const { stdout, code } = await weft(args, { input: NUMBERS });
  expect(code).toBe(0);
  const advice = JSON.parse(stdout) as Advice;
  expect(advice).toMatchObject({ class: "io-bound", model: "async", warnings: [] });
  expect(advice.ranking.map(({ model }) => model).toSorted()).toEqual([
    "async",
    "processes",
    "threads",
  ]);
  expect(advice.ranking[0]).toMatchObject({ model: "async", limit: 8 });
  expect(advice.profile.calls).toBeGreaterThan(0);
  expect(advice.machine.parallelism).toBeGreaterThanOrEqual(1);
});

test("whatever a map can write, advice can be had on: generators too", async () => {
  const args = ["advise", `${F}#twice`, "--range", "1..20", "--json", ...QUICK];
  const advice = JSON.parse((await weft(args)).stdout) as Advice;
  expect(advice.ranking.map(({ possible }) => possible)).toEqual([true, true, true]);
});

test("without a yes nothing is run", async () => {
  const cwd = folder();
  const noted = join(cwd, "calls");
  const sample = folder({ "in.txt": `a ${noted}\n` });
  const args = ["advise", `${F}#noted`, join(sample, "in.txt"), "--time", "10ms"];
  const unattended = await weft(args, { cwd });
  expect(unattended).toMatchObject({ code: 2, stdout: "" });
  expect(unattended.stderr).toContain("where there is nobody to ask, say so by --yes");
  const typed = `"${process.execPath}" "${WEFT}" advise "${F}#noted" ${sample}/in.txt --time 10ms`;
  const script = ["-qec", typed, "/dev/null"];
  const asked = await weft(script, { cwd, command: ["script"], input: "n\n" });
  expect(asked.stdout).toContain("what it does to the world, it does. Go on? [y/N]");
  expect(asked.stdout).toContain("weft: nothing was run");
  expect(asked.code).toBe(1);
  expect(existsSync(noted)).toBe(false);
  const agreed = await weft(script, { cwd, command: ["script"], input: "y\n" });
  expect(agreed.code).toBe(0);
  expect(readFileSync(noted, "utf8")).toMatch(/^(a\n)+$/);
});

test("what fails in the sample is warned of, and no advice comes of nothing but failures", async () => {
  const some = await weft(["advise", `${F}#noThrees`, ...QUICK], { input: "1\n3\n2\n" });
  expect(some.code).toBe(0);
  expect(some.stdout).toMatch(/Warning: \d+ of \d+ calls failed, the first with .*3 has a three/);
  const all = await weft(["advise", `${F}#noThrees`, ...QUICK], { input: "3\n" });
  expect(all).toMatchObject({ code: 1, stdout: "" });
  expect(all.stderr).toMatch(/^weft: every call failed, the first with .*3 has a three\n$/);
  const cwd = folder({ "a.csv": "a,b\n1,2\n3\n" });
  const malformed = await weft(["advise", `${F}#same`, "a.csv", ...QUICK], { cwd });
  expect(malformed.stdout).toContain(
    "Warning: 1 malformed inputs were left out, the first at a.csv:3",
  );
});

test("a signal ends the sample, with its exit code", async () => {
  const args = ["advise", `${F}#waits`, "--time", "1h", "--yes"];
  const { code, stdout } = await weft(args, {
    input: "wait\n",
    command: ["timeout", "--preserve-status", "-s", "INT", "3", process.execPath, WEFT],
  });
  expect([code, stdout]).toEqual([130, ""]);
});
