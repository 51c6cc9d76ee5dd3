// Short stalls around the threshold, each with a culprit that is known, and innocents before and after it.
// Prints how many were reported, and each report that blames somebody else.
import { watchStalls } from "weftwork/loop";
import { innocent, pause, spin } from "./kit.js";

const count = Number(process.argv[2]);
const seed = Number(process.argv[3] ?? 1);
let state = seed;
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

const text = JSON.stringify(Array.from({ length: 2e5 }, (_, id) => ({ id, tags: ["a"] })));
const culprits = {
  counts: (ms) => spin(ms),
  allocates(ms) {
    const endMs = performance.now() + ms;
    let kept = [];
    while (performance.now() < endMs) {
      kept.push({ at: kept.length });
      if (kept.length > 1e4) kept = [];
    }
    return kept;
  },
  parses: () => JSON.parse(text),
  waits: (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms),
};
const names = Object.keys(culprits);
const shortly = () => innocent(names);

const stalls = [];
const watch = watchStalls({ onStall: (stall) => stalls.push(stall) });
await watch.ready;
await pause(100);
/** Who ran, from when to when. */
const runs = [];
for (let i = 0; i < count; i += 1) {
  for (let k = random() < 0.3 ? 2 : 1; k > 0; k -= 1) {
    const name = names[Math.floor(random() * names.length)];
    const culprit = culprits[name];
    // Resumed by a microtask, so that two culprits of one stall have no common caller.
    await Promise.resolve();
    shortly();
    const fromMs = performance.timeOrigin + performance.now(); // no function: it could be seen too
    culprit(20 + random() * 130);
    runs.push({ name, fromMs, untilMs: performance.timeOrigin + performance.now() });
    shortly();
  }
  await pause(140 + random() * 40);
}
await pause(500);
watch[Symbol.dispose]();

/** Whoever took less of a stall is innocent of it. */
const GUILTY = 1 / 3;

/** What part of a stall the runs of `name` took. */
function partOf({ startedAtMs, durationMs }, name) {
  const endMs = startedAtMs + durationMs;
  const overlap = ({ fromMs, untilMs }) => Math.min(untilMs, endMs) - Math.max(fromMs, startedAtMs);
  const own = runs.filter((run) => run.name === name).map((run) => Math.max(0, overlap(run)));
  return own.reduce((sum, ms) => sum + ms, 0) / durationMs;
}

const told = { stalls: stalls.length, named: 0, callers: 0, wrong: [] };
for (const stall of stalls) {
  const all = stall.frames.map(({ functionName }) => functionName.replace("culprits.", ""));
  if (all.length === 0) continue;
  told.named += 1;
  const name = all.find((each) => names.includes(each));
  // Their caller is the top level of this module: of two that each took a part, or of a process that got no time.
  if (name === undefined && all[0] === "") told.callers += 1;
  else if (name === undefined || partOf(stall, name) < GUILTY)
    told.wrong.push({ all, part: partOf(stall, name), ms: stall.durationMs });
}
process.stdout.write(`${JSON.stringify({ ...told, runs: runs.length })}\n`);
