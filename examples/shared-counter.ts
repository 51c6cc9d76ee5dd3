// A counter that four threads raise at the same time: as one does in one thread, with a lock, and as a counter does.
import { ThreadExecutor } from "weftwork/executor";
import { SharedCounter, SharedLock } from "weftwork/shared";
import { counting } from "./tasks/counting.ts";

await using threads = new ThreadExecutor({ workers: 4 });
const TURNS = 2_000;
const inAll = async (raise: typeof counting.locked, counter: SharedCounter) => {
  const input = { counter, lock: new SharedLock({ name: "hits" }), turns: TURNS };
  await Promise.all([1, 2, 3, 4].map(() => threads.submit(raise, input)));
  return counter.value;
};

const bare = await inAll(counting.bare, new SharedCounter());
console.log(`read, then written: at most ${4 * TURNS}: ${bare <= 4 * TURNS}`); // mostly far less

console.log(`with a lock: ${await inAll(counting.locked, new SharedCounter())}`);
console.log(`by add(): ${await inAll(counting.added, new SharedCounter())}`);

// prints:
// read, then written: at most 8000: true
// with a lock: 8000
// by add(): 8000
