// The main job on real input: packs the files of the installed packages. First by `weft map`, which finds out
// where that is done best; then in each place in turn, to compare. Sets itself up on a fresh clone.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./steps/run.js";
import { build, install } from "./steps/set-up.js";

await install(".");
await build();
const { now, runMain, sleep } = await import("../dist/index.js");
const { InlineExecutor, ProcessExecutor, ThreadExecutor } =
  await import("../dist/executor/index.js");
const { monitorLoop } = await import("../dist/loop/index.js");
const { tasks } = await import("./demo/pack.js");

/** Some eight seconds of work for one core. */
const PATTERN = "node_modules/{vitest,typescript,fast-check,oxlint,esbuild}/**/*.{js,ts,md,json}";

/** The command as one would type it, with its progress on this terminal. */
function weftMap(out, scope) {
  const args = ["map", "./scripts/demo/pack.js", "--files", PATTERN, "--out", out];
  console.log(`$ weft map ${args[1]} --files '${PATTERN}' --out ${out}`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, "dist/cli/weft.js"), ...args], {
      cwd: root,
      stdio: "inherit",
    });
    scope.onCancel(() => child.kill("SIGINT"));
    child.on("error", reject).on("exit", (code) => resolve(code ?? 1));
  });
}

async function compare(name, executor, files, scope) {
  const monitor = monitorLoop({ windowMs: 60_000, resolutionMs: 5 });
  const startedMs = now();
  let packed = 0;
  for await (const file of executor.map(tasks.pack, files, { signal: scope.signal }))
    packed += file.packed;
  const seconds = (now() - startedMs) / 1_000;
  await sleep(50, scope); // so that a loop that had no turn at all is heard of too
  const { p99Ms } = monitor.stats();
  monitor[Symbol.dispose]();
  await executor.close();
  return {
    where: name,
    seconds: Number(seconds.toFixed(2)),
    "files/s": Math.round(files.length / seconds),
    "loop delay p99 (ms)": Number(p99Ms.toFixed(1)),
    "MB packed": Number((packed / 1e6).toFixed(2)),
  };
}

await runMain(async (scope) => {
  const folder = mkdtempSync(join(tmpdir(), "weft-demo-"));
  try {
    const code = await weftMap(join(folder, "packed.jsonl"), scope);
    if (code !== 0) return code;
    const lines = readFileSync(join(folder, "packed.jsonl"), "utf8").trim().split("\n");
    const files = lines.map((line) => JSON.parse(line).path);
    console.log(
      `\nthe same ${files.length} files, in each place (${availableParallelism()} cores):`,
    );
    console.table([
      await compare("inline", new InlineExecutor({ limit: 1 }), files, scope),
      await compare("threads", new ThreadExecutor(), files, scope),
      await compare("processes", new ProcessExecutor(), files, scope),
    ]);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
