import { ProcessExecutor, ThreadExecutor } from "../../../dist/executor/index.js";
import { tasks } from "../tasks/weftwork.js";

const EXECUTORS = { ProcessExecutor, ThreadExecutor };

export function open({ workers, executor }) {
  const pool = new EXECUTORS[executor]({ workers, capacity: Infinity });
  return {
    pool,
    tasks,
    task(name) {
      const task = tasks[name];
      return (input, transfer) =>
        transfer ? pool.submit(task, input, { transfer }) : pool.submit(task, input);
    },
    close: () => pool.close(),
  };
}
