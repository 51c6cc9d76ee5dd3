import { describe, expect, test } from "vitest";
import { ProcessExecutor } from "weftwork/executor";
import { lost, pools, runMain, tasks } from "./index.js";

describe.each(pools)("a $noun", ({ noun }) => {
  test("that floods the output holds up nobody for good", async () => {
    const { exitCode, lines } = await runMain("flood", noun).ended;
    expect(exitCode).toBe(0);
    const printed = lines.join("");
    // Both write to one pipe, so a line of the one may stand within a line of the other.
    expect(printed.replaceAll("x", "")).toBe("flooded 100000and then 1");
    expect(printed.replaceAll(/[^x]/g, "")).toHaveLength(99 * 100_000);
  });

  test("that leaks memory dies alone", async () => {
    const main = runMain("leak", noun, ["--max-old-space-size=64"]);
    const { exitCode, lines } = await main.ended;
    const cause = noun === "thread" ? "1 ERR_WORKER_OUT_OF_MEMORY" : " ";
    expect([exitCode, ...lines]).toEqual([0, `lost WORKER_LOST ${cause}`, "and then 1", ""]);
  });
});

// Only processes isolate memory: Node ends the program, whatever limits the thread has.
test("a thread that takes more memory at once than there is takes the program with it", async () => {
  const { signal, lines } = await runMain("fill", "thread", ["--max-old-space-size=64"]).ended;
  expect(lines).toEqual(["begins", ""]);
  expect(signal).toMatch(/SIGABRT|SIGTRAP|SIGILL/);
});

test("a process that takes more memory at once than there is dies alone", async () => {
  const env = { NODE_OPTIONS: "--max-old-space-size=64" };
  await using pool = new ProcessExecutor({ workers: 1, env });
  const error = await lost(pool.submit(tasks.fillAtOnce, undefined));
  expect(error.signal).toMatch(/SIGABRT|SIGTRAP|SIGILL/);
  expect(await pool.submit(tasks.echo, 1)).toBe(1);
});
