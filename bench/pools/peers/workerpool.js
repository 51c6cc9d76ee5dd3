import { fileURLToPath } from "node:url";
import workerpool from "workerpool";

const script = fileURLToPath(new URL("../tasks/workerpool.js", import.meta.url));

export function open({ workers, type }) {
  const pool = workerpool.pool(script, {
    minWorkers: workers,
    maxWorkers: workers,
    workerType: type,
  });
  return {
    task: (name) => (input, transfer) =>
      pool.exec(name, [input], transfer ? { transfer } : undefined),
    close: () => pool.terminate(),
  };
}
