// The program ends right after it was blocked.
import { watchStalls } from "weftwork/loop";
import { spin } from "./kit.js";

await watchStalls().ready;
await new Promise((resolve) => setTimeout(resolve, 100));
function lastThing() {
  spin(1_500); // so long that a busy machine gives the watchdog a turn in it
}
lastThing();
process.exit(3);
