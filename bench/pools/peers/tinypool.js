import { Tinypool } from "tinypool";

const filename = new URL("../tasks/work.js", import.meta.url).href;

export function open({ workers, tasksPerWorker }) {
  const pool = new Tinypool({
    filename,
    minThreads: workers,
    maxThreads: workers,
    ...(tasksPerWorker && { concurrentTasksPerWorker: tasksPerWorker }),
  });
  return {
    task(name) {
      const options = { name };
      return (input, transfer) =>
        pool.run(input, transfer ? { name, transferList: transfer } : options);
    },
    close: () => pool.destroy(),
  };
}
