import { appendFileSync, copyFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, linesOf, MODULES, read, start, weft } from "./weft.js";

const F = `${MODULES}/functions.ts`;
const INPUTS = Array.from({ length: 8000 }, (_, i) => `${i}\n`).join("");
const KILLS = 20;

const size = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Kills the map when its output has grown by a random number of bytes; true if it was through before. */
async function killSomewhere(args: string[], cwd: string, seed: number): Promise<boolean> {
  const out = join(cwd, "out.jsonl");
  const { child, ended } = start(args, { cwd });
  const enough = size(out) + ((seed * 7919) % 9_000);
  const look = setInterval(() => {
    if (size(out) >= enough) child.kill("SIGKILL");
  }, 1);
  const { signal } = await ended;
  clearInterval(look);
  return signal === null;
}

test.each([
  ["threads", []],
  ["async", []],
  ["threads", ["--unordered"]],
])(
  `killed at ${KILLS} points, a map ends with what an undisturbed one gives: %s %j`,
  { timeout: 240_000 },
  async (model, more) => {
    const cwd = folder({ "in.txt": INPUTS });
    const fixed = ["map", `${F}#busy`, "in.txt", "--model", model, "--fsync", "5ms", ...more];
    const args = [...fixed, "--out", "out.jsonl", "--resume"];
    const whole = await weft([...fixed, "--quiet"], { cwd });
    expect(whole.code).toBe(0);
    const inOrder = (text: string): string[] =>
      more.length === 0 ? linesOf(text) : linesOf(text).toSorted();
    const check = (): void => {
      const resumed = read(cwd, "out.jsonl");
      expect(resumed).toHaveLength(whole.stdout.length);
      expect(inOrder(resumed)).toEqual(inOrder(whole.stdout));
    };
    let kills = 0;
    for (let seed = 1; kills < KILLS; seed += 1) {
      if (await killSomewhere(args, cwd, seed)) {
        check();
        for (const name of ["out.jsonl", "out.jsonl.weft"]) rmSync(join(cwd, name)); // begins anew
      } else kills += 1;
    }
    expect(await weft(args, { cwd })).toMatchObject({ code: 0 });
    check();
  },
);

test("what a crash left of a last entry is not believed", async () => {
  const cwd = folder({ "in.txt": "a\nb\n" });
  const args = ["map", F, "in.txt", "--out", "out.jsonl"];
  await weft(args, { cwd });
  const journal = linesOf(read(cwd, "out.jsonl.weft"));
  writeFileSync(join(cwd, "out.jsonl.weft"), `${journal[0]}\n${journal[1]!.slice(0, 20)}`);
  appendFileSync(join(cwd, "out.jsonl"), "torn");
  expect(await weft([...args, "--resume"], { cwd })).toMatchObject({ code: 0 });
  expect(read(cwd, "out.jsonl")).toBe('"A"\n"B"\n');
});

test("a run that is through has nothing left to do", async () => {
  const cwd = folder({ "in.txt": "a\n" });
  const args = ["map", F, "in.txt", "--out", "out.jsonl", "--resume"];
  await weft(args, { cwd });
  const again = await weft(args, { cwd });
  expect(again).toMatchObject({ code: 0, stderr: "weft: nothing is left to do\n" });
});

/** A map that was interrupted in the middle. */
async function interrupted(more: string[] = []): Promise<{ cwd: string; args: string[] }> {
  const cwd = folder({ "in.txt": "a\n3\nb\n" });
  copyFileSync(F, join(cwd, "f.ts"));
  copyFileSync(`${MODULES}/helper.ts`, join(cwd, "helper.ts"));
  const args = ["map", "./f.ts#noThrees", "in.txt", "--out", "out.jsonl", ...more];
  expect(await weft([...args, "--on-error", "stop"], { cwd })).toMatchObject({ code: 1 });
  return { cwd, args: [...args, "--on-error", "stop"] };
}

test.each<[string, (cwd: string) => void, string[], string]>([
  [
    "input",
    (cwd) => appendFileSync(join(cwd, "in.txt"), "c\n"),
    [],
    "the input in.txt has changed",
  ],
  ["module", (cwd) => appendFileSync(join(cwd, "f.ts"), "\n"), [], "the module has changed"],
  [
    "module below it",
    (cwd) => appendFileSync(join(cwd, "helper.ts"), "\n"),
    [],
    "the module has changed",
  ],
  ["option", () => {}, ["--with-input"], "--with-input was false and is true"],
  ["output", (cwd) => writeFileSync(join(cwd, "out.jsonl"), ""), [], "it has been changed"],
  ["journal", (cwd) => rmSync(join(cwd, "out.jsonl.weft")), [], "nothing can be resumed"],
])("a changed %s is refused, with the reason", async (_, change, more, reason) => {
  const { cwd, args } = await interrupted();
  change(cwd);
  const { code, stderr } = await weft([...args, ...more, "--resume"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(reason);
});

test("an interrupted run is not thrown away unasked", async () => {
  const { cwd, args } = await interrupted();
  const { code, stderr } = await weft(args, { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain("--resume goes on, --restart begins anew");
  expect(await weft([...args, "--restart"], { cwd })).toMatchObject({ code: 1 });
});

test("stdin has to begin as it did", async () => {
  const cwd = folder();
  const args = ["map", `${F}#noThrees`, "--on-error", "stop", "--out", "out.jsonl"];
  const given = Array.from({ length: 100_000 }, (_, i) => (i === 90_000 ? "3" : "x")).join("\n");
  await weft(args, { cwd, input: given });
  const other = await weft([...args, "--resume"], { cwd, input: `y${given.slice(1)}` });
  expect(other.code).toBe(2);
  expect(other.stderr).toContain("stdin does not begin as it did");
  const mended = await weft([...args, "--resume"], { cwd, input: given.replace("3", "z") });
  expect(mended.code).toBe(0);
  const expected = given
    .replace("3", "z")
    .split("\n")
    .map((text) => `"${text}"`);
  expect(linesOf(read(cwd, "out.jsonl"))).toEqual(expected);
});

test("what failed is run again, and nothing else", async () => {
  const cwd = folder();
  const note = join(cwd, "calls");
  writeFileSync(join(cwd, "in.txt"), ["a", "b", "c"].map((text) => `${text} ${note}\n`).join(""));
  writeFileSync(
    join(cwd, "f.js"),
    'import { appendFileSync, existsSync } from "node:fs";\n' +
      "export default (line) => {\n" +
      '  const [text, note] = line.split(" ");\n' +
      "  appendFileSync(note, text);\n" +
      '  if (text === "b" && !existsSync("mended")) throw new Error("not yet");\n' +
      "  return text;\n" +
      "};\n",
  );
  const args = ["map", "./f.js", "in.txt", "--out", "out.jsonl", "--errors", "e.jsonl"];
  expect(await weft(args, { cwd })).toMatchObject({ code: 1 });
  expect(linesOf(read(cwd, "e.jsonl"))).toHaveLength(1);
  expect(await weft([...args, "--retry-failed"], { cwd })).toMatchObject({ code: 1 });
  writeFileSync(join(cwd, "mended"), "");
  expect(await weft([...args, "--retry-failed"], { cwd })).toMatchObject({ code: 0 });
  expect(read(cwd, "out.jsonl")).toBe('"a"\n"c"\n"b"\n');
  expect(read(cwd, "e.jsonl")).toBe("");
  expect(read(note)).toBe("abcbb");
  const through = await weft([...args, "--retry-failed"], { cwd });
  expect(through.stderr).toBe("weft: nothing is left to do\n");
});
