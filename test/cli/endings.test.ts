import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, linesOf, MODULES, read, start, WEFT, weft } from "./weft.js";

const F = `${MODULES}/functions.ts`;
const node = process.execPath;

test("a reader that leaves early ends the map, and that is no error", async () => {
  const map = `"${node}" "${WEFT}" map "${F}#same" --range 1..1000000000`;
  for (const model of ["async", "threads", "auto"]) {
    const line = `${map} --model ${model} | head -5; exit \${PIPESTATUS[0]}`;
    const { code, stdout } = await weft([], { command: ["bash", "-c", line] });
    expect([code, stdout], model).toEqual([0, "1\n2\n3\n4\n5\n"]);
  }
});

test("one SIGINT: nothing more is taken in, what runs is written, and it can be resumed", async () => {
  const cwd = folder();
  const args = ["map", `${F}#slow`, "--model", "threads", "--workers", "1", "--out", "o.jsonl"];
  const { child, ended, said } = start(args, { cwd, input: null });
  child.stdin!.write("a\nslow\nb\n");
  await said("slow has begun");
  child.kill("SIGINT");
  await said("Ctrl-C again");
  writeFileSync(join(cwd, "go"), "");
  const { code, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain("the same command with --resume goes on");
  expect(linesOf(read(cwd, "o.jsonl"))).toEqual(['"a"', '"slow"']);
  const resumed = await weft([...args, "--resume"], { cwd, input: "a\nslow\nb\n" });
  expect(resumed.code).toBe(0);
  expect(linesOf(read(cwd, "o.jsonl"))).toEqual(['"a"', '"slow"', '"b"']);
});

test("what runs beyond the grace is cut off, and not written", async () => {
  const args = ["map", `${F}#waits`, "--model", "threads", "--grace", "100ms"];
  const { child, ended, said } = start(args, { input: null });
  child.stdin!.write("a\nwait\nb\n");
  await Promise.all([said('"a"'), said("waits")]); // in two workers, of which either may be the later
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({ code: 143, stdout: '"a"\n' });
});

test.each(["threads", "processes"])("a second SIGINT ends it at once: %s", async (model) => {
  const args = ["map", `${F}#deaf`, "--model", model, "--grace", "1h"];
  const { child, ended, said } = start(args, { input: null });
  child.stdin!.write("a\ndeaf\n");
  await said('"a"');
  child.kill("SIGINT");
  await said("Ctrl-C again");
  child.kill("SIGINT");
  expect((await ended).code).toBe(130);
});

/** Runs out of room, gets more, and goes on. */
async function afterMoreRoom(
  cwd: string,
  command: [string, ...string[]],
  makeRoom: () => void,
): Promise<string[]> {
  const args = ["map", `${F}#same`, "--range", "1..200000", "--fsync", "1ms", "--out", "o.jsonl"];
  const full = await weft(args, { cwd, command });
  expect(full.code).toBe(4);
  expect(full.stderr).toContain("there is no room on the disk");
  expect(full.stderr).toContain("--resume");
  makeRoom();
  expect(await weft([...args, "--resume"], { cwd })).toMatchObject({ code: 0 });
  return linesOf(read(cwd, "o.jsonl"));
}

const numbers = Array.from({ length: 200_000 }, (_, i) => String(i + 1));

test("a file that may not grow further stops the map, which goes on when it may", async () => {
  const limited = `ulimit -f 100; exec "${node}" "${WEFT}" "$@"`;
  const command: [string, ...string[]] = ["bash", "-c", limited, "bash"];
  expect(await afterMoreRoom(folder(), command, () => {})).toEqual(numbers);
});

const isRoot = process.getuid?.() === 0;
test.skipIf(!isRoot)(
  "a full disk stops the map, which goes on when there is room",
  async (context) => {
    const cwd = folder({ mounted: "" });
    const mount = spawnSync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", cwd]);
    context.skip(mount.status !== 0, "a container that may not mount");
    try {
      const ballast = spawnSync("dd", ["if=/dev/zero", `of=${cwd}/ballast`, "bs=1k", "count=2900"]);
      expect(ballast.status).toBe(0);
      const makeRoom = (): void => rmSync(`${cwd}/ballast`);
      expect(await afterMoreRoom(cwd, [node, WEFT], makeRoom)).toEqual(numbers);
    } finally {
      spawnSync("umount", ["-l", cwd]);
    }
  },
);

test("on a terminal there is a bar, and elsewhere there is none", async () => {
  const cwd = folder();
  const map = `"${node}" "${WEFT}" map "${F}#uneven" --range 1..3000 --limit 4 --out o.jsonl`;
  const terminal = await weft(["-qec", map, "/dev/null"], { cwd, command: ["script"] });
  expect(terminal.stdout).toMatch(/\[=+ +\] +\d+% {2}[\d,]+\/3,000 {2}[\d.,]+\/s {2}ETA/);
  expect(terminal.stdout).toMatch(/\d+ running, \d+ waiting, 0 failed, loop delay p99 \d+ ms/);
  expect(terminal.stdout).toContain("\x1b[2m");
  expect(terminal.stdout).toContain("\x1b[?25h"); // the cursor is back
  const plain = `NO_COLOR=1 ${map} --restart`;
  const dull = await weft(["-qec", plain, "/dev/null"], { cwd, command: ["script"] });
  expect(dull.stdout).not.toContain("\x1b[2m");
  const piped = await weft(["map", `${F}#uneven`, "--range", "1..30"], { cwd });
  expect(piped.stderr).not.toContain("\x1b");
  expect(piped.stderr).toMatch(/^weft: 30 inputs in .*, 0 failed\n/);
});
