/**
 * Explores programs of many kinds in each time zone that is named, and prints all that came of it. It should be
 * the same everywhere.
 */
import { format } from "node:util";
import {
  all,
  mapConcurrent,
  Queue,
  RateLimiter,
  sleep,
  withTaskGroup,
  withTimeout,
} from "weftwork";
import { explore, replay, step } from "weftwork/testing";

const programs = {
  async queue() {
    const queue = new Queue({ capacity: 1 });
    const got = [];
    await all([
      () => queue.put(1),
      () => queue.put(2).then(() => queue.close()),
      async () => {
        for await (const item of queue) got.push(item);
      },
    ]);
    return got;
  },
  async timers() {
    const limiter = new RateLimiter({ permits: 2, perMs: 1_000 });
    const seen = [];
    await withTaskGroup(async (group) => {
      for (const name of ["a", "b", "c"]) {
        group.spawn(
          async (scope) => {
            await sleep(Math.floor(Math.random() * 100), scope);
            await limiter.acquire(scope);
            seen.push(name, Date.now());
          },
          { name },
        );
      }
    });
    return seen;
  },
  map: () =>
    mapConcurrent([1, 2, 3, 4], (n) => step(`work on ${n}`).then(() => n * n), {
      limit: 3,
      ordered: false,
    }).toArray(),
  timeout: () =>
    withTimeout(1_000, (scope) => Promise.all([step("fetch"), sleep(1_000, scope)])).catch(
      (error) => error.name,
    ),
};

async function log(name, program, say) {
  const results = [];
  const noted = async () => results.push(JSON.stringify(await program()));
  for (const strategy of ["random", "pct", "exhaustive"]) {
    const options = { strategy, seeds: 20, preemptions: 2, outside: "virtual" };
    const { schedules, steps, fingerprint } = await explore(noted, options);
    say(name, strategy, schedules, steps, fingerprint.toString(16));
  }
  say(new Set(results.toSorted((a, b) => (a < b ? -1 : 1))));
  const failing = async () => {
    if (JSON.stringify(await program()) !== results[0]) throw new Error("another result");
  };
  const error = await explore(failing, { outside: "virtual" }).catch((error) => error);
  say(error instanceof Error ? error.message : "always the same");
  if (!(error instanceof Error)) return;
  const again = await replay(error.replayId, failing, { outside: "virtual" }).catch((e) => e);
  say("replayed", again.schedule === error.schedule);
}

for (const zone of process.argv.slice(2)) {
  process.env.TZ = zone;
  const lines = [];
  for (const [name, program] of Object.entries(programs))
    await log(name, program, (...what) => lines.push(format(...what)));
  console.log(JSON.stringify({ zone, hour: new Date(0).getHours(), lines }));
}
