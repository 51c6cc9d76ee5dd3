import { describe, expect, test } from "vitest";
import { ProcessExecutor } from "weftwork/executor";
import { lost, pools, runMain, tasks } from "./index.js";

describe.each(pools)("a $noun", ({ noun }) => {
  test("that floods the output holds up nobody for good", async () => {
    const { exitCode, lines } = await runMain("flood", noun).ended;
    expect(exitCode).toBe(0);
    const own = lines.filter((line) => line !== "" && !line.startsWith("x"));
    expect(own).toEqual(["flooded 100000", "and then 1"]);
    expect(lines.filter((line) => line.length === 99)).toHaveLength(100_000);
  });

  test("that leaks memory dies alone", async () => {
    const main = runMain("leak", noun, ["--max-old-space-size=64"]);
    const { exitCode, lines } = await main.ended;
    const cause = noun === "thread" ? "1 ERR_WORKER_OUT_OF_MEMORY" : " ";
    expect([exitCode, ...lines]).toEqual([0, `lost WORKER_LOST ${cause}`, "and then 1", ""]);
  });
});

// Not so a thread: Node ends all of the process, whatever limits the thread has. See the documentation.
test("a process that takes more memory at once than there is dies alone", async () => {
  const env = { NODE_OPTIONS: "--max-old-space-size=64" };
  await using pool = new ProcessExecutor({ workers: 1, env });
  const error = await lost(pool.submit(tasks.fillAtOnce, undefined));
  expect(error.signal).toMatch(/SIGABRT|SIGTRAP|SIGILL/);
  expect(await pool.submit(tasks.echo, 1)).toBe(1);
});
