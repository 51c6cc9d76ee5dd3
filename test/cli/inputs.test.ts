import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { folder, linesOf, MODULES, read, weft } from "./weft.js";

const F = `${MODULES}/functions.ts`;

test("lines come from files and from stdin, whatever ends them", async () => {
  const cwd = folder({ "a.txt": "\uFEFFa\r\nb\n\nü", "b.txt": "c\n", "empty.txt": "" });
  const { stdout, code } = await weft(["map", F, "a.txt", "empty.txt", "b.txt"], { cwd });
  expect(linesOf(stdout)).toEqual(['"A"', '"B"', '""', '"Ü"', '"C"']);
  expect(code).toBe(0);
  const piped = await weft(["map", F], { input: "x\ny" });
  expect(piped.stdout).toBe('"X"\n"Y"\n');
});

test("a line may be longer than what is read at once, and its characters may be cut", async () => {
  const long = "ü".repeat(700_001);
  const { stdout } = await weft(["map", F, "-q"], { input: `a\n${long}\nb\n` });
  expect(linesOf(stdout).map((line) => line.length)).toEqual([3, long.length + 2, 3]);
});

test("JSON lines are parsed, and blank ones are no inputs", async () => {
  const cwd = folder({ "a.jsonl": '{"n":1}\n\n[2]\n', "b.ndjson": "null\n" });
  const { stdout } = await weft(["map", `${F}#same`, "a.jsonl", "b.ndjson"], { cwd });
  expect(stdout).toBe('{"n":1}\n[2]\nnull\n');
});

test("CSV has quotes, newlines in fields, a byte order mark and a header", async () => {
  const csv = '\uFEFFname,text\n"a ""b""","one\ntwo"\nc,\n';
  const cwd = folder({ "a.csv": csv });
  const { stdout } = await weft(["map", `${F}#same`, "a.csv"], { cwd });
  const records = linesOf(stdout).map((line) => JSON.parse(line) as unknown);
  expect(records).toEqual([
    { name: 'a "b"', text: "one\ntwo" },
    { name: "c", text: "" },
  ]);
  const rows = await weft(["map", `${F}#same`, "a.csv", "--no-header"], { cwd });
  expect(linesOf(rows.stdout)).toHaveLength(3);
});

test("what ends in .gz is unpacked first", async () => {
  const cwd = folder({ "a.jsonl.gz": gzipSync('{"n":1}\n'), "b.txt.gz": gzipSync("b\n") });
  expect((await weft(["map", `${F}#same`, "a.jsonl.gz"], { cwd })).stdout).toBe('{"n":1}\n');
  expect((await weft(["map", F, "b.txt.gz"], { cwd })).stdout).toBe('"B"\n');
});

test("inputs may be the paths of files, or numbers", async () => {
  const cwd = folder({ "b.md": "", "a.md": "", "c.txt": "" });
  const files = await weft(["map", `${F}#same`, "--files", "*.md"], { cwd });
  expect(files.stdout).toBe('"a.md"\n"b.md"\n');
  const range = await weft(["map", `${F}#same`, "--range=-1..2"]);
  expect(range.stdout).toBe("-1\n0\n1\n2\n");
});

test("what a map writes is no input of it, though it matches", async () => {
  const cwd = folder({ "a.txt": "", "b.txt": "" });
  const args = ["map", `${F}#noThrees`, "--files", "*", "--out", "o.jsonl", "--errors", "e.jsonl"];
  for (const start of [[], ["--resume"], ["--restart"]]) {
    expect(await weft([...args, ...start], { cwd })).toMatchObject({ code: 0 });
    expect(read(cwd, "o.jsonl")).toBe('"a.txt"\n"b.txt"\n');
  }
});

test("a generator gives several records, or none; nothing is null", async () => {
  const twice = await weft(["map", `${F}#twice`, "--range", "1..2"]);
  expect(twice.stdout).toBe("1\n1\n2\n2\n");
  expect((await weft(["map", `${F}#none`, "--range", "1..2"])).stdout).toBe("");
  expect((await weft(["map", `${F}#nothing`, "--range", "1..2"])).stdout).toBe("null\nnull\n");
});

test("a record can have its input beside it", async () => {
  const { stdout } = await weft(["map", F, "--with-input"], { input: "a\n" });
  expect(stdout).toBe('{"input":"a","output":"A"}\n');
});

test.each(["auto", "async", "threads", "processes"])(
  "model %s gives every result once, in order and not",
  async (model) => {
    const input = Array.from({ length: 3000 }, (_, i) => `${i}\n`).join("");
    const expected = linesOf(input).map((text) => JSON.stringify(text));
    const args = ["map", `${F}#uneven`, "--model", model, "--limit", "32"];
    const cwd = folder();
    const ordered = await weft([...args, "--out", "o.jsonl"], { cwd, input });
    expect(ordered).toMatchObject({ code: 0, stdout: "" });
    expect(linesOf(read(cwd, "o.jsonl"))).toEqual(expected);
    const { stdout } = await weft([...args, "--unordered"], { input });
    expect(linesOf(stdout).toSorted()).toEqual(expected.toSorted());
  },
);
