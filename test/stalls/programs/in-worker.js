// A task blocks its worker's loop: that of a thread pool, which is not the main thread's.
import { ThreadExecutor } from "weftwork/executor";
import { blamed, pause, watching } from "./kit.js";

function crunch(ms) {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
  return ms;
}

await watching(async () => {
  const threads = new ThreadExecutor({ workers: 1 });
  await threads.submit(crunch, 1);
  await pause(300); // its inspector is there
  await threads.submit(crunch, 400);
  await pause(300);
  await threads.close();
}, blamed("crunch"));
