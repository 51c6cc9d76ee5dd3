// A thread finds primes; they are read one by one, and what nobody reads is not computed.
import { ThreadExecutor } from "weftwork/executor";
import { numbers } from "./tasks/numbers.ts";

await using pool = new ThreadExecutor({ workers: 1 });

const found = await pool.stream(numbers.primes, { below: 30 }).toArray();
console.log(found.join(" "));

// The thread keeps a few outputs ahead of its reader, no more. Leaving closes the generator over there.
const all = pool.stream(numbers.primes, { below: Infinity }, { onProgress: console.log });
for await (const prime of all) {
  if (prime > 1_000) {
    console.log(`the first above a thousand is ${prime}`);
    break;
  }
}
console.log(`running: ${pool.stats().running}`);

// prints:
// 2 3 5 7 11 13 17 19 23 29
// the first above a thousand is 1009
// closed
// running: 0
