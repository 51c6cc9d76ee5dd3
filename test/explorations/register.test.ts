import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { describe, expect, test } from "vitest";
import { nodes, runNode } from "./run-program.js";

const REGISTER = ["--import", "weftwork/testing/register"];

/** Before that it can neither strip types nor hook into `require`. */
const isOld = (major: string): boolean => Number(major) < 22;

interface Explored {
  readonly module: string;
  readonly kind: string;
  readonly schedule: string;
}

/** By module, what an exploration says of it. */
async function exploreOn(
  node: string,
  modules: readonly string[],
  ...flags: string[]
): Promise<ReadonlyMap<string, Explored>> {
  const { output, stderr } = await runNode(node, [...flags, "explore-plain.js", ...modules]);
  expect(stderr).toBe(""); // no warning either
  const explored = output.trimEnd().split("\n");
  return new Map(
    explored.map((line) => JSON.parse(line) as Explored).map((each) => [each.module, each]),
  );
}

describe.each(nodes)("on Node %s", (major, node) => {
  const modules = ["bank.js", "bank-in-turn.js", "stream.js"];
  if (!isOld(major)) modules.push("bank.cjs", "bank.ts");

  test("races in modules that use nothing of ours are found", async () => {
    const found = await exploreOn(node, modules, ...REGISTER);
    const kinds = Object.fromEntries([...found].map(([module, { kind }]) => [module, kind]));
    const bad = modules.filter((module) => module !== "bank-in-turn.js");
    expect(kinds).toEqual({
      ...Object.fromEntries(bad.map((module) => [module, "failure"])),
      "bank-in-turn.js": "held",
    });
    for (const [module, line] of [
      ["bank.js", 10],
      ["bank.cjs", 10],
      ["bank.ts", 14],
    ] as const) {
      const { schedule } = found.get(module) ?? {};
      if (schedule === undefined) continue;
      expect(schedule).toMatch(/^ +main +main 2 +main 3$/m);
      expect(schedule.split(`await this.read() :${line}`)).toHaveLength(1 + 2);
    }
    expect(found.get("stream.js")?.schedule).toContain("for await (const part of this.#parts(");
  });

  test("without the loader nothing can be chosen, and that is said", async () => {
    const found = await exploreOn(node, ["bank-in-turn.js"]);
    expect(found.get("bank-in-turn.js")).toMatchObject({
      kind: "RangeError",
      schedule: expect.stringContaining("weftwork/testing/register"),
    });
  });

  test("the source map of a compiler stays right, to the column", async () => {
    const folder = mkdtempSync(join(import.meta.dirname, "programs/compiled-"));
    const typescript = [
      "interface Away { readonly lines: number }",
      "enum Away2 { A }",
      "export async function fail(away: Away): Promise<void> {",
      "  await Promise.resolve(away.lines); await Promise.reject(Object.assign(new Error('here'), { away }));",
      "}",
      "await fail({ lines: 3 }).catch((error: Error) => console.log(error.stack));",
    ].join("\n");
    try {
      const options = { loader: "ts", sourcemap: "inline", sourcefile: "fail.ts" } as const;
      const { code } = transformSync(typescript, { ...options, minifyWhitespace: true });
      expect(code.split("\n")[0]).toContain("new Error"); // all in one line
      const file = join(folder, "fail.js");
      writeFileSync(file, code);
      const { output } = await runNode(node, ["--enable-source-maps", ...REGISTER, file]);
      const column = typescript.split("\n")[3]!.indexOf("new Error") + 1;
      expect(output).toMatch(new RegExp(`Error: here\\n +at fail \\(.*fail\\.ts:4:${column}\\)`));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
