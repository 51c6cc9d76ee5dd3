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

const told = { stalls: 0, named: 0, wrong: [] };
const stalls = [];
const watch = watchStalls({ onStall: (stall) => stalls.push(stall) });
await watch.ready;
await pause(100);
for (let i = 0; i < count; i += 1) {
  const expected = [];
  for (let k = random() < 0.3 ? 2 : 1; k > 0; k -= 1) {
    const name = names[Math.floor(random() * names.length)];
    expected.push(name);
    const culprit = culprits[name];
    // Resumed by a microtask, so that two culprits of one stall have no common caller.
    await Promise.resolve();
    shortly();
    culprit(20 + random() * 130);
    shortly();
  }
  await pause(140 + random() * 40);
  for (const stall of stalls.splice(0)) {
    told.stalls += 1;
    const [culprit, ...callers] = stall.frames.map(({ functionName }) => functionName);
    if (culprit === undefined) continue;
    told.named += 1;
    const all = [culprit, ...callers].map((name) => name.replace("culprits.", ""));
    // Of two that each took a part it is their caller, the top level of this module.
    const caller = expected.length > 1 && culprit === "";
    const right = caller || all.some((name) => expected.includes(name));
    if (!right) told.wrong.push({ expected, culprit, callers });
  }
}
watch[Symbol.dispose]();
process.stdout.write(`${JSON.stringify(told)}\n`);
