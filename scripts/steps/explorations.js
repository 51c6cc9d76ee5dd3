import { install } from "./set-up.js";
import { suite } from "./suite.js";

/** Races are found in the gallery, none in the primitives, and the same on each Node that this machine has. */
export async function explorations() {
  await install("test/runtimes", ["--ignore-scripts"]);
  return suite("explorations");
}
