import { fileURLToPath } from "node:url";
import { FixedThreadPool } from "poolifier";

const script = fileURLToPath(new URL("../tasks/poolifier.js", import.meta.url));

export function open({ workers }) {
  const pool = new FixedThreadPool(workers, script);
  return {
    task: (name) => (input, transfer) => pool.execute(input, name, undefined, transfer),
    close: () => pool.destroy(),
  };
}
