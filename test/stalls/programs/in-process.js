// A task blocks the loop of its worker process.
import { ProcessExecutor } from "weftwork/executor";
import { blamed, pause, watching } from "./kit.js";

function crunch(ms) {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
  return process.pid;
}

await watching(async () => {
  const processes = new ProcessExecutor({ workers: 1 });
  const worker = await processes.submit(crunch, 1);
  process.stderr.write(`worker ${worker}\n`);
  await pause(500); // its watchdog and its inspector are there
  await processes.submit(crunch, 400);
  await pause(300);
  await processes.close();
}, blamed("crunch"));
