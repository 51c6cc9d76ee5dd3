import { sleep } from "../../dist/index.js";
import { ThreadExecutor } from "../../dist/executor/index.js";
import { SharedChannel, SharedEvent } from "../../dist/shared/index.js";
import { allBegun, CELL, claim, newCells } from "./cells.js";
import { tasks } from "./tasks.js";

const RECEIVERS = 2;
const RECEIVED = 64; // where receivers count, 32 cells each
const begunBy = (from) => CELL.tallies + 2 * from;

/** A full channel whose senders block, await, give up and are killed: in order, none lost, none twice. */
export async function channel(ms) {
  const cells = newCells();
  const stop = new SharedEvent();
  const way = new SharedChannel({ capacityBytes: 512, codec: "utf8" });
  const threads = new ThreadExecutor({ workers: 5, graceMs: 0 });
  const receiving = Array.from({ length: RECEIVERS }, (_, i) =>
    threads.submit(tasks.receives, { channel: way, cells, tally: RECEIVED + 32 * i }).result(),
  );
  const input = (from) => ({ channel: way, stop, cells, tally: begunBy(from), from });
  const sending = [tasks.sends, tasks.sendsAwaited].map((task, from) =>
    threads.submit(task, input(from)).result(),
  );
  let deaths = 0;
  const killing = (async () => {
    while (!stop.isSet) {
      const first = cells[begunBy(2)] + 1;
      await threads
        .submit(tasks.sendsAndDies, { ...input(2), first }, { timeoutMs: 100 })
        .result()
        .catch((error) => error);
      deaths += 1;
    }
  })();
  const failed = Promise.race(
    [...receiving, ...sending].map((run) => run.then(() => new Promise(() => {}))),
  );
  const sent = cells.subarray(begunBy(0), begunBy(2));
  await Promise.race([allBegun(sent).then(() => sleep(ms)), failed]);
  stop.set();
  await Promise.all([...sending, killing]);
  way.close();
  await Promise.all(receiving);
  let total = 0;
  for (const from of [0, 1, 2]) {
    const came = cells[RECEIVED + from] + cells[RECEIVED + 32 + from];
    const [begun, done] = [cells[begunBy(from)], cells[begunBy(from) + 1]];
    // A killed sender may have sent what it had only begun, or not; the others did what they say.
    const least = from === 2 ? begun - deaths : done;
    claim(
      came >= least && came <= (from === 2 ? begun : done),
      `sender ${from}: ${begun} begun, ${done} done, ${came} came`,
    );
    total += came;
  }
  await threads.close();
  return `${total} values, ${cells[CELL.gaveUp]} waits given up, ${deaths} senders killed`;
}
