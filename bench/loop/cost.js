// What watching costs: a program that is idle for a while, and how much of a core it took.
import { Worker } from "node:worker_threads";
import { monitorLoop, sliced, watchStalls } from "../../dist/loop/index.js";

const [what, argument] = process.argv.slice(2);
const size = Number(argument);
const ROUNDS = 60;

async function idle(start) {
  await start();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const before = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, size));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e3 / size;
}

/** The least that an iterator can do whose steps are awaited. */
function raw(items) {
  const source = items[Symbol.iterator]();
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve(source.next()) }) };
}

/** Nanoseconds per item of a `for await` over numbers; the best of many short rounds, which are disturbed less. */
async function perItem(iterate) {
  const items = Array.from({ length: size }, (_, i) => i);
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const startMs = performance.now();
    let sum = 0;
    for await (const n of iterate(items)) sum += n;
    if (sum !== (size * (size - 1)) / 2) throw new Error(`a wrong sum: ${sum}`);
    best = Math.min(best, ((performance.now() - startMs) * 1e6) / size);
  }
  return best;
}

/** How late a timer of 1 ms was while a loop computed in slices of 5 ms; and by the time that this process had. */
async function timerDelay() {
  const late = [];
  const lateOwn = [];
  let last = { ms: performance.now(), cpu: process.cpuUsage() };
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(last.cpu);
    late.push(performance.now() - last.ms - 1);
    lateOwn.push((user + system) / 1e3);
    last = { ms: performance.now(), cpu: process.cpuUsage() };
  }, 1);
  let sum = 0;
  for await (const n of sliced(Array.from({ length: size }, (_, i) => i)))
    for (let i = 0; i < 20_000; i += 1) sum = (sum + Math.imul(i, n)) | 0;
  clearInterval(timer);
  return { ...percentiles(late), own: percentiles(lateOwn) };
}

function percentiles(list) {
  list.sort((a, b) => a - b);
  return {
    p50: list[list.length >> 1],
    p99: list[Math.floor(list.length * 0.99)],
    most: list.at(-1),
  };
}

const programs = {
  idle: () => idle(() => {}),
  monitorLoop: () => idle(() => monitorLoop()),
  "timer of 20 ms": () => idle(() => void setInterval(() => {}, 20)),
  "two of 50 ms"() {
    const code = "setInterval(() => {}, 50)";
    setInterval(() => {}, 50);
    return idle(() => void new Worker(code, { eval: true }));
  },
  watchStalls: () => idle(() => watchStalls({ onStall() {} }).ready),
  perItem: () => perItem((items) => sliced(items, { budgetMs: 1e9 })), // never spent
  rawPerItem: () => perItem(raw),
  timerDelay,
};
process.send(await programs[what]());
process.exit();
