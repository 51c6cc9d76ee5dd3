import { sleep } from "../../dist/index.js";
import { ThreadExecutor } from "../../dist/executor/index.js";
import { SharedEvent, SharedLock } from "../../dist/shared/index.js";
import { allBegun, CELL, claim, newCells, sum } from "./cells.js";
import { change, tasks } from "./tasks.js";

/** One lock under all ways to wait for it, and under owners that die: every change counts, once. */
export const lock = (fair) => async (ms) => {
  const input = { lock: new SharedLock({ fair }), stop: new SharedEvent(), cells: newCells() };
  const { cells, stop } = input;
  const ways = [tasks.sync, tasks.awaited, tasks.aborted, tasks.timed];
  const victims = CELL.tallies + ways.length;
  const main = victims + 1;
  const threads = new ThreadExecutor({ workers: ways.length + 1 });
  const running = ways.map((way, i) =>
    threads.submit(way, { ...input, tally: CELL.tallies + i }).result(),
  );
  const failed = Promise.race(running.map((run) => run.then(() => new Promise(() => {}))));
  let deaths = 0;
  const killing = (async () => {
    while (!stop.isSet) {
      const end = await threads
        .submit(tasks.dies, { ...input, tally: victims })
        .result()
        .catch((error) => error.code);
      claim(end === "WORKER_LOST", `a victim's end: ${end}`);
      deaths += 1;
    }
  })();
  const here = (async () => {
    while (!stop.isSet) {
      const guard = await input.lock.acquire();
      change(cells, main, guard);
      guard.release();
      await sleep(0);
    }
  })();
  const tallies = cells.subarray(CELL.tallies);
  await Promise.race([allBegun(tallies.subarray(0, ways.length)).then(() => sleep(ms)), failed]);
  stop.set();
  await Promise.all([...running, killing, here]);
  const last = await input.lock.acquire();
  change(cells, main, last);
  last.release();
  claim(
    cells[CELL.value] === sum(tallies),
    `${cells[CELL.value]} changes stand, ${sum(tallies)} were made`,
  );
  claim(
    cells[CELL.repairs] === deaths,
    `${deaths} deaths, ${cells[CELL.repairs]} found their lock poisoned`,
  );
  await threads.close();
  return `${cells[CELL.value]} turns, ${cells[CELL.gaveUp]} waits given up, ${deaths} owners killed`;
};
