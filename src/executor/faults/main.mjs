// Programs that have a pool and come to an end, each in its way. `run-main.ts` runs them.
import { ProcessExecutor, ThreadExecutor } from "weftwork/executor";

const [, , name, noun] = process.argv;
const Pool = noun === "thread" ? ThreadExecutor : ProcessExecutor;
const say = (...words) => process.stdout.write(`${words.join(" ")}\n`);

/** Runs for ever, without a turn of its loop. */
async function loop(_, scope) {
  scope.report(process.pid);
  const { host } = await import("weftwork/core");
  await new Promise((resolve) => host.soon(resolve));
  for (;;);
}

function wait(_, scope) {
  scope.report(process.pid);
  return new Promise(() => {});
}

/** A pool with these tasks under way; prints the pids of their workers. */
async function poolWith(...tasks) {
  const pool = new Pool({ workers: tasks.length });
  const pids = await Promise.all(
    tasks.map(
      (task) =>
        new Promise((resolve) => void pool.submit(task, 0, { onProgress: resolve }).then(() => {})),
    ),
  );
  say("pids", ...pids);
  return pool;
}

const CASES = {
  /** Never closes its pool, whose workers are idle. */
  async idle() {
    const pool = new Pool({ workers: 2 });
    const pid = () => process.pid;
    say("pids", ...new Set(await Promise.all([1, 2, 3].map(() => pool.submit(pid)))));
  },
  async exit() {
    await poolWith(loop, wait);
    process.exit(3);
  },
  async uncaught() {
    await poolWith(loop, wait);
    const { host } = await import("weftwork/core");
    host.soon(() => {
      throw new Error("main has failed");
    });
  },
  async waiting() {
    await poolWith(wait, wait);
    say("ready");
  },
  async looping() {
    await poolWith(loop, loop);
    say("ready");
  },
  /** Cleans up by the help of its worker when it is interrupted. */
  async interrupted() {
    const pool = new Pool({ workers: 1 });
    const pid = await pool.submit(() => process.pid);
    process.once("SIGINT", async () => {
      say("cleaned by", await pool.submit(() => process.pid));
      await pool.close();
      process.exit(0);
    });
    const { host } = await import("weftwork/core");
    host.startTimer(() => process.exit(1), 20_000); // it is interrupted long before
    say("ready", pid);
  },
  /** Says a lot in a task. */
  async flood() {
    const pool = new Pool({ workers: 1, graceMs: 60_000 }); // what is not written by then is lost
    const flood = (lines) => {
      for (let i = 0; i < lines; i += 1) process.stdout.write(`${"x".repeat(99)}\n`);
      return lines;
    };
    say("flooded", await pool.submit(flood, 100_000));
    say("and then", await pool.submit((x) => x, 1));
    await pool.close();
  },
  async fill() {
    const pool = new Pool({ workers: 1 });
    say("begins");
    await pool
      .submit(() => new Array(5e7).fill(7).length)
      .result()
      .catch((error) => error);
    say("survived");
    await pool.close();
  },
  async leak() {
    const pool = new Pool({ workers: 1 });
    const leak = () => {
      const kept = [];
      for (;;) kept.push(Array.from({ length: 100 }, () => ({})));
    };
    const error = await pool
      .submit(leak)
      .result()
      .catch((error) => error);
    say("lost", error.code, error.exitCode, error.cause?.code);
    say("and then", await pool.submit((x) => x, 1));
    await pool.close();
  },
};

await CASES[name]();
