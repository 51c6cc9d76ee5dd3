// Each function here blocks the loop in a way of its own. The first argument says which; the second names whom
// a report is to blame, and without it one that blames nobody will do.
import { execSync } from "node:child_process";
import { pbkdf2Sync } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { sleep, withTaskGroup } from "weftwork";
import { allowBlockingMain, SharedLock } from "weftwork/shared";
import { blamed, innocent, pause, spin, watching } from "./kit.js";

const file = join(tmpdir(), `weftwork-stall-${process.pid}.txt`);
const MB = 100;

function loop() {
  spin(400);
}

function backtrack() {
  return /^(a+)+$/.test(`${"a".repeat(25)}b`);
}

function shell() {
  execSync("sleep 0.4");
}

function readLarge() {
  return readFileSync(file, "utf8").length;
}

function parseLarge(text) {
  return JSON.parse(text);
}

function derive() {
  return pbkdf2Sync("password", "salt", 600_000, 64, "sha512");
}

function waitForNobody() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
}

/**
 * Each takes one lock and then wants the other's; the worker gives up after a while, to end the test. It wants
 * main's only when main has it: or it would find it free, and there would be no deadlock.
 */
const DEADLOCK = `
  const { parentPort, workerData } = require("node:worker_threads");
  const locks = new Int32Array(workerData);
  Atomics.store(locks, 1, 1);
  parentPort.postMessage("holds one");
  Atomics.wait(locks, 0, 0);
  Atomics.wait(locks, 0, 1, 500);
  Atomics.store(locks, 1, 0);
  Atomics.notify(locks, 1);
`;

function takeBoth(locks) {
  Atomics.store(locks, 0, 1);
  Atomics.notify(locks, 0);
  while (Atomics.load(locks, 1) === 1) Atomics.wait(locks, 1, 1);
}

/** The same with locks of ours, against `lockers.js`. */
function lockBoth(mine, theirs) {
  const first = mine.acquireSync();
  const second = theirs.acquireSync();
  second.release();
  first.release();
}

const blocks = {
  loop,
  backtrack,
  shell,
  derive,
  waitForNobody,
  read() {
    innocent(readLarge());
  },
  parse(text) {
    innocent(parseLarge(text));
  },
  async deadlock() {
    const locks = new Int32Array(new SharedArrayBuffer(8));
    const worker = new Worker(DEADLOCK, { eval: true, workerData: locks.buffer });
    await new Promise((resolve) => worker.once("message", resolve));
    takeBoth(locks);
  },
  async "deadlock of ours"() {
    const [mine, theirs] = [new SharedLock({ name: "mine" }), new SharedLock({ name: "theirs" })];
    const workerData = [theirs.handle(), mine.handle()];
    const file = new URL("lockers.js", import.meta.url);
    const worker = new Worker(file, { workerData });
    await new Promise((resolve) => worker.once("message", resolve));
    const allowed = allowBlockingMain();
    lockBoth(mine, theirs);
    allowed[Symbol.dispose]();
  },
  async resize() {
    await withTaskGroup(async (group) => {
      group.spawn((scope) => sleep(30, scope), { name: "bystander" });
      const resize = async (scope) => {
        await sleep(10, scope);
        spin(400);
      };
      group.spawn(resize, { name: "thumbnails" });
    });
  },
};

const [block, culprit] = process.argv.slice(2);
const seen =
  culprit === undefined
    ? (stalls) => stalls.some(({ durationMs }) => durationMs > 300)
    : blamed(culprit);
if (block === "read") writeFileSync(file, "x".repeat(40 * 2 ** 20));
const text =
  block === "parse"
    ? `[${`${JSON.stringify({ id: 1, text: "x".repeat(999) })},`.repeat(MB * 1e3)}0]`
    : undefined;
const main = async () => {
  await pause(1);
  await blocks[block](text);
  innocent(block);
};
await watching(main, seen);
rmSync(file, { force: true });
