// Takes its time to load.
import { setTimeout as delay } from "node:timers/promises";

await delay(1_500);
export default (text) => text;
