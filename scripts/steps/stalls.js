import { install } from "./set-up.js";
import { suite } from "./suite.js";

/** What blocks the loop is named: by the watchdog of each Node that this machine has. */
export async function stalls() {
  await install("test/runtimes", ["--ignore-scripts"]);
  return suite("stalls");
}
