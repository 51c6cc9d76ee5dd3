// A table of rates that threads read all the time and somebody changes now and then: readers don't wait for each other.
import { ThreadExecutor } from "weftwork/executor";
import { SharedRwLock } from "weftwork/shared";

interface Table {
  lock: SharedRwLock;
  rates: Float64Array<SharedArrayBuffer>;
}

const table: Table = {
  lock: new SharedRwLock({ name: "rates" }),
  rates: new Float64Array(new SharedArrayBuffer(8 * 100)),
};

/** True if all rates were always those of one moment. */
const readAll = ({ lock, rates }: Table): boolean => {
  for (let i = 0; i < 2000; i += 1) {
    using _ = lock.readSync();
    if (rates[0] !== rates[99]) return false;
  }
  return true;
};

await using threads = new ThreadExecutor({ workers: 2 });
const reading = [threads.submit(readAll, table), threads.submit(readAll, table)];
for (let rate = 1; rate <= 20; rate += 1) {
  using _ = await table.lock.write();
  table.rates.fill(rate);
}
console.log(await Promise.all(reading), table.rates[50]);

// prints:
// [ true, true ] 20
