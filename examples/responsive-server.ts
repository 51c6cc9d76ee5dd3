// A server whose answers must be computed. Which executor computes them decides whether others can get in.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { type Executor, InlineExecutor, ThreadExecutor } from "weftwork/executor";
import { numbers } from "./tasks/numbers.ts";

/** Visits a server that computes by `executor`; gives the longest delay of its event loop. */
async function longestDelayMs(executor: Executor): Promise<number> {
  const server = createServer(async (_request, response) => {
    response.end(String(await executor.submit(numbers.fib, 35)));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const visit = async (): Promise<string> => (await fetch(url)).text();
  await visit(); // what happens only once is over
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const answers = await Promise.all([visit(), visit(), visit()]);
  delay.disable();
  console.log(answers.join(" "));
  server.close();
  return delay.max / 1e6;
}

await using inline = new InlineExecutor({ limit: 10 });
await using pool = new ThreadExecutor({ workers: 2 });
const inlineMs = await longestDelayMs(inline);
const poolMs = await longestDelayMs(pool);
console.log(`the loop was blocked for longer ${inlineMs > poolMs ? "inline" : "with the pool"}`);

// prints:
// 9227465 9227465 9227465
// 9227465 9227465 9227465
// the loop was blocked for longer inline
