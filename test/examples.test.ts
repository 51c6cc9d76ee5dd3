import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { collectExamples } from "./examples/collect.js";
import { compile, type Compiled } from "./examples/compile.js";
import { examplesInSource } from "./examples/docstrings.js";
import { readExample } from "./examples/example.js";
import { implicitImports, type Exports } from "./examples/implicit-imports.js";
import { examplesInMarkdown } from "./examples/markdown.js";
import { faultOf } from "./examples/run.js";

const root = join(import.meta.dirname, "..");

/** What these print depends on real time, so they don't share the machine with others. */
const TIMED = /Ms\b|Date\.now|advise\(|watchStalls\(/;

describe("every example of the documentation is true", async () => {
  const all = compile(".cache/examples", collectExamples(root), await readExports());
  const isTimed = ({ example }: Compiled): boolean => TIMED.test(example.code);
  for (const compiled of all.toSorted((a, b) => Number(isTimed(a)) - Number(isTimed(b)))) {
    const { example } = compiled;
    const title =
      example.noRun === undefined ? example.place : `${example.place} (not run: ${example.noRun})`;
    const concurrent = !isTimed(compiled);
    test(title, { concurrent }, async () => expect(await faultOf(compiled)).toBeUndefined());
  }
  test("and the package that they use is built", () => {
    expect(existsSync(join(root, "dist/index.js")), "npm run build").toBe(true);
  });
});

/** Those nearest to a user first, as a name is imported from the first that has it. */
const FOLDERS = [
  "",
  "executor/",
  "loop/",
  "advisor/",
  "shared/",
  "executor/cluster/",
  "core/",
  "testing/",
];

async function readExports(): Promise<Exports> {
  const exports = new Map<string, string[]>();
  for (const folder of FOLDERS) {
    const file = join(root, "dist", folder, "index.js");
    if (!existsSync(file)) continue;
    const names = Object.keys((await import(pathToFileURL(file).href)) as object);
    const subpath = folder === "executor/cluster/" ? "cluster/" : folder;
    exports.set(`weftwork/${subpath}`.slice(0, -1), names);
  }
  return exports;
}

describe("a wrong example is caught", () => {
  const planted = {
    right: 'console.log("a");\n\n// prints:\n// a',
    "wrong type": 'const a: number = "a";\nexport { a };',
    "wrong type, far down": '\n\nconst a: number = "a";',
    "thrown error": 'throw new Error("boom");',
    "promise that never settles": "await new Promise(() => {});",
    "wrong output": 'console.log("b");\n// prints:\n// a',
    "wrong exit code": 'console.log("a");\n// exits with: 130',
    "right exit code": "process.exitCode = 130;\n// exits with: 130",
  };
  const examples = Object.values(planted).map((code, at) =>
    readExample({ path: "PLANTED.md", line: 100 * at + 1, code }),
  );
  const compiled = compile(".cache/planted", examples, new Map());
  const fault = (name: keyof typeof planted): Promise<string | undefined> =>
    faultOf(compiled[Object.keys(planted).indexOf(name)]!);

  test("a right one passes", async () => expect(await fault("right")).toBeUndefined());
  test("a right exit code passes", async () =>
    expect(await fault("right exit code")).toBeUndefined());
  test("by its type", async () => {
    expect(await fault("wrong type")).toMatch(/^PLANTED\.md:101: error TS2322: Type 'string'/);
  });
  test("by its type, with the line in the page", async () => {
    expect(await fault("wrong type, far down")).toMatch(/^PLANTED\.md:203: error TS2322/);
  });
  test("by an error", async () =>
    expect(await fault("thrown error")).toMatch(/exit code 1\n[^]*boom/));
  test("by a promise that never settles", async () => {
    expect(await fault("promise that never settles")).toMatch(/exit code 13/);
  });
  test("by its output", async () => {
    expect(await fault("wrong output")).toBe("PLANTED.md:501: claims to print\na\nbut prints\nb");
  });
  test("by its exit code", async () =>
    expect(await fault("wrong exit code")).toMatch(/exit code 0/));
});

describe("examples of a page", () => {
  const read = (...lines: string[]) => examplesInMarkdown("a.md", lines.join("\n"));

  test("have the code, and the line on which it begins", () => {
    const [first, second] = read(
      "# A",
      "```ts",
      "a();",
      "b();",
      "```",
      "```sh",
      "c",
      "```",
      "- x",
      "  ```ts",
      "  d();",
      "  ```",
    );
    expect(first).toMatchObject({ place: "a.md:3", code: "a();\nb();", noRun: undefined });
    expect(second).toMatchObject({ place: "a.md:11", code: "d();" });
  });
  test("print what the next block says", () => {
    expect(read("```ts", "a();", "```", "prints", "```text", "1", "2", "```")[0]!.stdout).toBe(
      "1\n2",
    );
    expect(read("```ts", "a();", "```", "## B", "```text", "1", "```")[0]!.stdout).toBeUndefined();
    expect(read("```ts", "a();", "```", "```sh", "1", "```")[0]!.stdout).toBeUndefined();
  });
  test("are only type-checked for a reason", () => {
    expect(read("```ts no-run: needs a terminal", "a();", "```")[0]!.noRun).toBe(
      "needs a terminal",
    );
    expect(() => read("```ts no-run", "a();", "```")).toThrow('a.md:2: write "no-run: <reason>"');
    expect(() => read("```ts skip", "a();", "```")).toThrow("a.md:2");
  });
  test("cannot hide under another name", () => {
    expect(() => read("```js", "a();", "```")).toThrow('a.md:2: a "js" block is not checked');
  });
  test("are not those inside a longer fence", () => {
    expect(read("````md", "```ts", "a();", "```", "````")).toEqual([]);
  });
});

describe("examples of a doc comment", () => {
  const read = (...lines: string[]) =>
    examplesInSource("src/a.ts", ["let x;", "/**", ...lines, " */", "let y;"].join("\n"));

  test("are plain code up to the next tag", () => {
    const examples = read(
      " * A.",
      " * @example",
      " * if (a) {",
      " *   b();",
      " * }",
      " * @example",
      " * c();",
      " * @see d",
    );
    expect(examples.map(({ place, code }) => [place, code])).toEqual([
      ["src/a.ts:5", "if (a) {\n  b();\n}"],
      ["src/a.ts:9", "c();"],
    ]);
  });
  test("or blocks with what they print", () => {
    const [example] = read(
      " * @example",
      " * ```ts",
      " * a();",
      " * ```",
      " * ```text",
      " * 1",
      " * ```",
    );
    expect(example).toMatchObject({ place: "src/a.ts:5", code: "a();", stdout: "1" });
  });
  test("are only type-checked for a reason", () => {
    expect(read(" * @example no-run: ends the process", " * a();")[0]!.noRun).toBe(
      "ends the process",
    );
  });
});

describe("the imports that a doc comment leaves out", () => {
  const exports = new Map([
    ["weftwork", ["sleep", "all"]],
    ["weftwork/core", ["sleep", "WaitQueue"]],
  ]);

  test("are added, from the front door first", () => {
    expect(implicitImports("await sleep(1); new WaitQueue();", exports)).toBe(
      'import { sleep } from "weftwork";\nimport { WaitQueue } from "weftwork/core";',
    );
  });
  test("unless the example has a name of its own", () => {
    expect(implicitImports('import { sleep } from "./mine.js"; const all = sleep;', exports)).toBe(
      "",
    );
  });
});
