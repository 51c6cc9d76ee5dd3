import * as executors from "../../../dist/executor/index.js";
import { tasks } from "../tasks/weftwork.js";

export function open({ workers, executor }) {
  const pool = new executors[executor]({ workers, capacity: Infinity });
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
