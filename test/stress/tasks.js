import { setImmediate as turn } from "node:timers/promises";
import { defineTasks } from "../../dist/executor/index.js";
import { CELL } from "./cells.js";

/** Something that takes two steps, to be done by one at a time. A death between them is made good by the next. */
export function change(cells, tally, guard) {
  if (guard.poisoned) {
    cells[CELL.value] = cells.subarray(CELL.tallies).reduce((sum, n) => sum + n, 0);
    cells[CELL.repairs] += 1;
    guard.clearPoison();
  }
  cells[tally] += 1;
  cells[CELL.value] += 1;
}

const isTimeout = (error) => {
  if (error.code !== "TIMEOUT") throw error;
  return true;
};

function sync({ lock, stop, cells, tally }) {
  while (!stop.isSet) {
    const guard = lock.acquireSync();
    change(cells, tally, guard);
    guard.release();
  }
}

async function awaited({ lock, stop, cells, tally }) {
  for (let n = 0; !stop.isSet; n += 1) {
    const guard = await lock.acquire();
    change(cells, tally, guard);
    if (n % 16 === 0) await turn(); // holding it
    guard.release();
  }
}

/** Waits, and leaves at once, in a while, or too late. */
async function aborted({ lock, stop, cells, tally }) {
  for (let n = 0; !stop.isSet; n += 1) {
    const leaving = new AbortController();
    const taken = lock.acquire({ signal: leaving.signal }).then(
      (guard) => {
        change(cells, tally, guard);
        guard.release();
      },
      () => Atomics.add(cells, CELL.gaveUp, 1),
    );
    for (let i = 0; i < n % 4; i += 1) await Promise.resolve();
    if (n % 3 === 0) await turn();
    leaving.abort();
    await Promise.all([taken, turn()]);
  }
}

function timed({ lock, stop, cells, tally }) {
  for (let n = 0; !stop.isSet; n += 1) {
    try {
      const guard = lock.acquireSync((n % 4) / 4);
      change(cells, tally, guard);
      guard.release();
    } catch (error) {
      if (isTimeout(error)) Atomics.add(cells, CELL.gaveUp, 1);
    }
  }
}

/** Dies between the two steps, holding the lock. */
function dies({ lock, cells, tally }) {
  const guard = lock.acquireSync();
  if (guard.poisoned) change(cells, tally, guard);
  cells[tally] += 1;
  process.exit(1);
}

function sends({ channel, stop, cells, tally, from }) {
  for (let n = 1; !stop.isSet; n += 1) {
    cells[tally] = n; // begun
    channel.sendSync(`${from} ${n}`);
    cells[tally + 1] = n; // done
  }
}

/** Gives up a wait for room now and then; what it did not send it sends again. */
async function sendsAwaited({ channel, stop, cells, tally, from }) {
  for (let n = 1; !stop.isSet;) {
    const leaving = new AbortController();
    cells[tally] = n;
    const sent = channel.send(`${from} ${n}`, { signal: leaving.signal }).then(
      () => true,
      () => false,
    );
    if (n % 5 === 0) leaving.abort();
    if (await sent) cells[tally + 1] = n++;
    else Atomics.add(cells, CELL.gaveUp, 1);
    if (n % 64 === 0) await turn();
  }
}

/** Sends until it is killed, at whatever it does then. */
function sendsAndDies({ channel, cells, tally, from, first }) {
  for (let n = first; ; n += 1) {
    cells[tally] = n;
    channel.sendSync(`${from} ${n}`);
    cells[tally + 1] = n;
  }
}

function receives({ channel, cells, tally }) {
  const last = new Map();
  for (;;) {
    let texts;
    try {
      texts = channel.receiveManySync(8);
    } catch (error) {
      if (error.code !== "CLOSED") throw error;
      return;
    }
    for (const text of texts) {
      const [from, n] = text.split(" ").map(Number);
      if (!(n > (last.get(from) ?? 0)))
        throw new Error(`after ${last.get(from)} of ${from}: ${text}`);
      last.set(from, n);
      cells[tally + from] += 1;
    }
  }
}

export const tasks = defineTasks(import.meta.url, {
  sync,
  awaited,
  aborted,
  timed,
  dies,
  sends,
  sendsAwaited,
  sendsAndDies,
  receives,
});
