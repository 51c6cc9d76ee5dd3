import { expect, test } from "vitest";
import { folder, linesOf, MODULES, read, weft } from "./weft.js";

const F = `${MODULES}/functions.ts`;
const NUMBERS = Array.from({ length: 40 }, (_, i) => `${i + 1}\n`).join("");
const withoutThrees = linesOf(NUMBERS).filter((text) => !text.includes("3"));

interface ErrorRecord {
  readonly error: { readonly name: string; readonly message: string; readonly code?: string };
  readonly file: string;
  readonly line: number;
  readonly input: string;
}
const parsed = (text: string): ErrorRecord[] =>
  linesOf(text).map((line) => JSON.parse(line) as ErrorRecord);

test("a failed input is skipped, told of, and counted by the exit code", async () => {
  const cwd = folder({ "n.txt": NUMBERS });
  const args = ["map", `${F}#noThrees`, "n.txt", "--errors", "e.jsonl"];
  const { stdout, stderr, code } = await weft(args, { cwd });
  expect(linesOf(stdout)).toEqual(withoutThrees.map((text) => JSON.stringify(text)));
  expect(code).toBe(1);
  expect(stderr).toContain("failed  n.txt:3: RangeError: 3 has a three");
  const errors = parsed(read(cwd, "e.jsonl"));
  expect(errors).toHaveLength(40 - withoutThrees.length);
  expect(errors[1]).toMatchObject({
    error: { name: "RangeError", message: "13 has a three" },
    file: "n.txt",
    line: 13,
    input: "13",
  });
});

test("collect keeps a failure in the place of its input", async () => {
  const args = ["map", `${F}#noThrees`, "--on-error", "collect"];
  const { stdout } = await weft(args, { input: "1\n3\n2\n" });
  const records = linesOf(stdout).map((line) => JSON.parse(line) as unknown);
  expect(records).toEqual(["1", expect.objectContaining({ line: 2 }), "2"]);
});

test("stop ends at the first failure, and what it wrote comes before it", async () => {
  const args = ["map", `${F}#noThrees`, "--on-error", "stop", "--model", "async"];
  const { stdout, stderr, code } = await weft(args, { input: NUMBERS });
  expect(stdout).toBe('"1"\n"2"\n');
  expect(stderr).toContain("stopped after 1 failed");
  expect(code).toBe(1);
});

test("more failures than are allowed end the map", async () => {
  const args = ["map", `${F}#noThrees`, "--max-errors", "1", "--model", "async"];
  const { stdout, code } = await weft(args, { input: NUMBERS });
  expect(linesOf(stdout)).toHaveLength(11);
  expect(code).toBe(1);
});

test.each(["threads", "processes"])(
  "an input that ends its worker fails alone, with its place: %s",
  async (model) => {
    const inputs = linesOf(NUMBERS).with(24, "deadly");
    const cwd = folder({ "n.txt": inputs.join("\n") });
    const args = ["map", `${F}#deadly`, "n.txt", "--model", model, "--errors", "e.jsonl"];
    const { stdout, code } = await weft(args, { cwd });
    const rest = inputs.filter((text) => text !== "deadly");
    expect(linesOf(stdout)).toEqual(rest.map((text) => JSON.stringify(text)));
    expect(parsed(read(cwd, "e.jsonl"))).toEqual([
      expect.objectContaining({
        error: expect.objectContaining({ code: "WORKER_LOST" }) as unknown,
        file: "n.txt",
        line: 25,
        input: "deadly",
      }),
    ]);
    expect(code).toBe(1);
  },
);

test("malformed JSON and CSV are failures with their line", async () => {
  const cwd = folder({ "a.jsonl": "1\n\n{nope\n2\n", "a.csv": 'a,b\n1,"x\ny"\n2\n3,z\n' });
  const json = await weft(["map", `${F}#same`, "a.jsonl", "--errors", "e.jsonl"], { cwd });
  expect(json).toMatchObject({ code: 1, stdout: "1\n2\n" });
  expect(parsed(read(cwd, "e.jsonl"))).toMatchObject([{ error: { code: "BAD_INPUT" }, line: 3 }]);
  const csv = await weft(["map", `${F}#same`, "a.csv", "--errors", "e.jsonl"], { cwd });
  expect(linesOf(csv.stdout)).toEqual(['{"a":"1","b":"x\\ny"}', '{"a":"3","b":"z"}']);
  expect(parsed(read(cwd, "e.jsonl"))).toMatchObject([{ error: { code: "BAD_INPUT" }, line: 4 }]);
});

test.each(["async", "threads", "auto"])(
  "what failed is tried again, what is malformed is not: %s",
  async (model) => {
    const cwd = folder({ "a.jsonl": '"x"\n{nope\n' });
    const retry = ["--retries", "2", "--retry-delay", "5ms", "--errors", "e.jsonl"];
    const args = ["map", `${F}#second`, "a.jsonl", "--model", model, ...retry];
    const { stdout } = await weft(args, { cwd });
    expect(stdout).toBe('"x at attempt 2"\n');
    expect(parsed(read(cwd, "e.jsonl"))).toHaveLength(1);
  },
);

test.each([
  ["waits", "wait", "async"],
  ["waits", "wait", "threads"],
  ["deaf", "deaf", "threads"],
  ["deaf", "deaf", "processes"],
])("%s has its time limit, and the others go on: %s in %s", async (fn, text, model) => {
  const args = ["map", `${F}#${fn}`, "--model", model, "--timeout", "400ms", "--grace", "100ms"];
  const { stdout, stderr, code } = await weft(args, { input: `a\n${text}\nb\n` });
  expect(stdout).toBe('"a"\n"b"\n');
  expect(stderr).toMatch(/failed {2}stdin:2: TimeoutError/);
  expect(code).toBe(1);
});

test.each(["threads", "processes"])(
  "what a worker takes to load the function is no part of a call's time: %s",
  async (model) => {
    const args = ["map", `${MODULES}/late.js`, "--model", model, "--timeout", "1s"];
    expect(await weft(args, { input: "a\n" })).toMatchObject({ code: 0, stdout: '"a"\n' });
  },
);
