// A block that does not end for long: only the watchdog can say so.
import { blamed, pause, spin, watching } from "./kit.js";

function endless() {
  spin(1_500);
}

await watching(
  async () => {
    await pause(1);
    endless();
  },
  (stalls) => blamed("spin")(stalls.filter(({ lasting }) => lasting)),
  { stuckMs: 300 },
);
