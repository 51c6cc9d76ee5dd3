import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const oxlint = join(root, "node_modules/oxlint/bin/oxlint");

const PLANTED = `
declare class Task implements PromiseLike<void> {
  then: PromiseLike<void>["then"];
}
declare function spawn(): Task;
declare function send(): Promise<void>;

export function body(): void {
  spawn();
  send();
}
`;

test("a promise may not float, a task may", () => {
  const folder = join(root, ".cache/lint");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "planted.ts"), PLANTED);
  writeFileSync(
    join(folder, "tsconfig.json"),
    '{ "extends": "../../tsconfig.json", "include": ["."] }',
  );
  const args = [
    oxlint,
    "-c",
    ".oxlintrc.json",
    "--no-ignore",
    "-f",
    "unix",
    ".cache/lint/planted.ts",
  ];
  const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  expect(stdout.split("\n").filter((line) => line.includes("planted.ts"))).toEqual([
    expect.stringMatching(/planted\.ts:10:3: .*no-floating-promises/),
  ]);
});
