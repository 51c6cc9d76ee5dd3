// Three tasks that must stop. Two heed it, each in its way; the third is ended together with its thread.
import { ThreadExecutor } from "weftwork/executor";
import { numbers } from "./tasks/numbers.ts";
import { stoppable } from "./tasks/stoppable.ts";

await using pool = new ThreadExecutor({ workers: 1, graceMs: 1_000 });

// Cancelled by whoever holds it. Its scope is cancelled in the thread too, and its wait rejects.
const waits = pool.submit(stoppable.waits, undefined, {
  onProgress: (progress) => {
    console.log("waits:", progress);
    if (progress === "started") waits.cancel(new Error("enough"));
  },
});
await waits.result().catch((error) => console.log(`waits: ${waits.state}, ${error}`));

// Out of time, counted from its start. It never waits, but it asks `scope.cancelled`.
const asks = pool.submit(stoppable.asks, undefined, {
  timeoutMs: 500,
  onProgress: (progress) => console.log("asks:", progress),
});
await asks.result().catch((error) => console.log(`asks: ${asks.state}, ${error}`));

// It would run for ever. `graceMs` after the cancel its thread is ended, and another takes its place.
const deaf = pool.submit(stoppable.deaf, undefined, { timeoutMs: 50 });
const next = pool.submit(numbers.fib, 20);
await deaf.result().catch((error) => console.log(`deaf: ${deaf.state}, ${error}`));
console.log(`the next task: ${await next}`);

// prints:
// waits: started
// waits: cleaned up
// waits: cancelled, Error: enough
// asks: cleaned up
// asks: rejected, TimeoutError: task "asks" timed out after 500 ms
// deaf: rejected, TimeoutError: task "deaf" timed out after 50 ms
// the next task: 6765
