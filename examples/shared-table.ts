// A table of rates that threads read all the time and somebody changes now and then: readers don't wait for each other.
import { ThreadExecutor } from "weftwork/executor";
import { SharedRwLock } from "weftwork/shared";
import { rates, type Table } from "./tasks/rates.ts";

const table: Table = {
  lock: new SharedRwLock({ name: "rates" }),
  rates: new Float64Array(new SharedArrayBuffer(8 * 100)),
};

await using threads = new ThreadExecutor({ workers: 2 });
const reading = [threads.submit(rates.readAll, table), threads.submit(rates.readAll, table)];
for (let rate = 1; rate <= 20; rate += 1) {
  using _ = await table.lock.write();
  table.rates.fill(rate);
}
console.log(await Promise.all(reading), table.rates[50]);

// prints:
// [ true, true ] 20
