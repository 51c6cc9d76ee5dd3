import { build } from "esbuild";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { blaming, nodes, runNode, runProgram, stallsIn } from "./run-program.js";

/* What must not happen to a program that is watched, whatever is done to it. In real time, as stalls.test.ts. */

const programs = join(import.meta.dirname, "programs");
const blocks = join(programs, "blocks.js");

describe.each(nodes)("on Node %s", (major, node) => {
  test("where a debugger's port is open, reports tell delays only, say why, and how to know more", async () => {
    const flags = ["--inspect=127.0.0.1:0"];
    const { lines, code } = await runNode(node, [...flags, blocks, "loop"]);
    const long = stallsIn(lines).filter(({ durationMs }) => durationMs > 300);
    expect([code, long.length > 0]).toEqual([0, true]);
    for (const { frames, unknownBecause, cure } of stallsIn(lines)) {
      expect(frames).toEqual([]);
      expect(unknownBecause).toMatch(/an inspector port is open/);
      expect(cure).toMatch(/without --inspect/);
    }
  });

  test("where the inspector isn't to be had, reports tell delays only, and the program lives", async () => {
    const permission = Number(major) < 22 ? "--experimental-permission" : "--permission";
    const leave = ["--allow-worker", "--allow-fs-read=*", "--allow-fs-write=*"];
    const { lines, code, stderr } = await runNode(node, [permission, ...leave, blocks, "loop"]);
    const long = stallsIn(lines).filter(({ durationMs }) => durationMs > 300);
    expect([code, long.length > 0], stderr).toEqual([0, true]);
    for (const { frames, unknownBecause, cure } of stallsIn(lines)) {
      expect(frames).toEqual([]);
      expect(unknownBecause).toMatch(/the inspector isn't available/);
      expect(cure).toMatch(/--cpu-prof/);
    }
  });

  test("when the whole process stood still, that is no stall, and nobody is blamed", async () => {
    const { lines, code, stderr } = await runProgram(node, "suspended.js");
    expect(code, stderr).toBe(0);
    const long = stallsIn(lines).filter(({ durationMs }) => durationMs > 800);
    expect(long).toEqual([]);
  });

  test("main and a worker, blocked at once: each is told its own culprit", async () => {
    const ended = await runProgram(node, "two-at-once.js");
    for (const { thread } of blaming("render", ended)) expect(thread).toBe(0);
    for (const { thread } of blaming("crunch", ended)) expect(thread).toBeGreaterThan(0);
  });

  test("a forgotten debugger statement neither stops the program nor is blamed", async () => {
    const ended = await runProgram(node, "debugger-statements.js");
    expect(ended.code, ended.stderr).toBe(0);
    blaming("spin", ended);
  });

  test.each(["a bundler", "a loader"])(
    "frames lead to the source that %s made code of",
    async (by) => {
      const folder = mkdtempSync(join(tmpdir(), "weftwork-maps-"));
      try {
        const source = join(programs, "written.ts");
        const bundle = join(folder, "ran.mjs");
        if (by === "a bundler") await bundled(source, bundle);
        const words = by === "a bundler" ? [bundle] : [LOADER, source];
        const text = readFileSync(source, "utf8").split("\n");
        for (const { frames } of blaming("drudge", await runNode(node, words))) {
          expect(frames[0]?.file).toBe(source);
          expect(text[frames[0]!.line - 1]).toMatch(/the culprit's line/);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});

/** Runs TypeScript by compiling it in memory: the file on the disk is not what ran. */
const LOADER = join(import.meta.dirname, "../examples/run-typescript.js");

async function bundled(source: string, outfile: string): Promise<void> {
  const ours = join(import.meta.dirname, "../../dist/loop/index.js");
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    format: "esm",
    minify: true,
    keepNames: true,
    sourcemap: true,
    alias: { "weftwork/loop": ours },
    external: [ours],
  });
}
