/**
 * Real threads, for as long as one likes: `npm run stress -- --seconds 60`, `--only lock`. What can't be true of
 * any order of events is claimed of millions.
 */
import { parseArgs } from "node:util";
import { channel } from "./channel.js";
import { lock } from "./lock.js";

const STRESSES = { lock: lock(false), "fair lock": lock(true), channel };

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "5" }, only: { type: "string" } },
});
const chosen = Object.entries(STRESSES).filter(([name]) => (values.only ?? name) === name);
const hung = setTimeout(
  () => {
    console.log("NOT ok  it hangs");
    process.exit(1);
  },
  (Number(values.seconds) + 120) * 1000,
);
hung.unref();
for (const [name, stress] of chosen) {
  try {
    const told = await stress((Number(values.seconds) * 1000) / chosen.length);
    console.log(`ok  ${name}: ${told}`);
  } catch (error) {
    console.log(`NOT ok  ${name}: ${error?.stack ?? error}`);
    process.exit(1); // its threads may run on
  }
}
