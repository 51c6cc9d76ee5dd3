// The main thread and a worker are blocked at the same time, each by somebody else.
import { ThreadExecutor } from "weftwork/executor";
import { blamed, innocent, pause, watching } from "./kit.js";

function crunch(ms) {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
  return ms;
}

function render() {
  const endMs = performance.now() + 700;
  while (performance.now() < endMs);
}

const threads = new ThreadExecutor({ workers: 1 });
await watching(
  async () => {
    await threads.submit(crunch, 1);
    await pause(300); // its inspector is there
    const crunched = threads.submit(crunch, 700);
    await pause(1);
    render();
    innocent(await crunched);
    await pause(300);
  },
  (stalls) => blamed("crunch")(stalls) && blamed("render")(stalls),
);
await threads.close();
