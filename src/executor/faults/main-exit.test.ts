import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { isAlive, pools, runMain, until } from "./index.js";

/** All workers of the program, once they have begun. */
async function pidsOf(main: ReturnType<typeof runMain>): Promise<number[]> {
  return (await main.line("pids")).split(" ").map(Number);
}

function gone(pids: readonly number[]): Promise<void> {
  return until(() => !pids.some(isAlive));
}

describe.each(pools)("a program with $noun workers", ({ noun }) => {
  test("ends though it has not closed its pool, if that is idle", async () => {
    const main = runMain("idle", noun);
    const pids = await pidsOf(main);
    expect(await main.ended).toMatchObject({ exitCode: 0, signal: null });
    await gone(pids);
  });

  test("takes its workers along by process.exit, busy ones too", async () => {
    const main = runMain("exit", noun);
    const pids = await pidsOf(main);
    expect(await main.ended).toMatchObject({ exitCode: 3, signal: null });
    await gone(pids);
  });

  test("takes its workers along by an uncaught error, busy ones too", async () => {
    const main = runMain("uncaught", noun);
    const pids = await pidsOf(main);
    expect(await main.ended).toMatchObject({ exitCode: 1, signal: null });
    await gone(pids);
  });

  test.each(["SIGTERM", "SIGKILL"] as const)("takes its workers along by %s", async (signal) => {
    const main = runMain("waiting", noun);
    const pids = await pidsOf(main);
    await main.line("ready");
    process.kill(main.pid, signal);
    expect(await main.ended).toMatchObject({ signal });
    await gone(pids);
  });

  // Not by SIGKILL: then a process that gives its loop no turn lives on, as docs/executors.md says.
  test("takes along by SIGTERM also workers that compute", async () => {
    const main = runMain("looping", noun);
    const pids = await pidsOf(main);
    await main.line("ready");
    process.kill(main.pid, "SIGTERM");
    expect(await main.ended).toMatchObject({ signal: "SIGTERM" });
    await gone(pids);
  });

  test("has them still when Ctrl-C reaches all of its process group", async () => {
    const main = runMain("interrupted", noun);
    const pid = await main.line("ready");
    process.kill(-main.pid, "SIGINT");
    expect(await main.line("cleaned by")).toBe(pid);
    expect(await main.ended).toMatchObject({ exitCode: 0, signal: null });
    await gone([Number(pid)]);
  });

  test.each([["-e"], ["--input-type=module", "-e"], ["-p"]])(
    "may be a text: node %s",
    async (...flags) => {
      const text = `import("weftwork/executor").then(async ({ ${noun === "thread" ? "Thread" : "Process"}Executor: Pool }) => {
        const pool = new Pool({ workers: 1 });
        console.log("it gave", await pool.submit((x) => x * 2, 21));
        await pool.close();
      })`;
      const { stdout } = await promisify(execFile)(process.execPath, [...flags, text]);
      expect(stdout.match(/it gave .*/g)).toEqual(["it gave 42"]);
    },
  );
});
