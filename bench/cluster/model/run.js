/**
 * The model of the cluster: `npm run bench:cluster:model`. First it is held against what was measured on one
 * machine, then it says how far that would go on a thousand. It measures nothing, and takes a minute.
 */
import { table } from "../../harness/table.js";
import { apart, together } from "./machine.js";
import { CORES, costsOf, measured, SETTING } from "./measured.js";
import { simulate } from "./simulate.js";

const SLOTS = 6;
/** Within a data centre, from process to process. */
const HOP_MS = 0.2;
const PARCEL_MS = 500;
const INPUTS = 1e9;
const HOSTS = 1_000;
/** Most hosts of a primary and its submitter. */
const CELL = 250;

const whole = (number) => Math.round(number).toLocaleString("en");
const percent = (part) => `${Math.round(100 * part)} %`;

console.log("What was measured, and what the model gives\n");
const rows = [];
for (const { kind, items, itemsPerSecond, ...costsUs } of measured) {
  const place = together(CORES);
  const { parcelsPerSecond } = await simulate({ ...SETTING, place, costsUs, parcels: 2_000 });
  const rate = parcelsPerSecond * items;
  const off = (rate / itemsPerSecond).toFixed(2);
  rows.push([kind, String(items), whole(itemsPerSecond), whole(rate), `${off} x`]);
}
console.log(table(["", "items per job", "items/s measured", "model", ""], rows));

console.log(
  `\nHosts of ${SLOTS} slots with one primary and one submitter, parcels of 50 inputs of 10 ms\n`,
);
const sizes = [];
for (const hosts of [50, 100, 250, 500, 1_000]) {
  const { parcelsPerSecond, busy, used } = await cell(hosts, 50, PARCEL_MS);
  const load = [used, busy.redis, busy.submitter].map(percent);
  sizes.push([whole(hosts), whole(parcelsPerSecond), ...load]);
}
console.log(table(["hosts", "parcels/s", "slots in use", "Redis busy", "submitter busy"], sizes));

console.log(`\n${whole(INPUTS)} inputs on ${whole(HOSTS)} hosts, in cells of ${CELL}\n`);
const ways = [];
for (const [what, items, workMs, inputs] of [
  ["10 ms each, one by one", 50, PARCEL_MS, 50],
  ["1 ms each, one by one", 500, PARCEL_MS, 500],
  ["10 us each, one by one", 10_000, 100, 10_000],
  ["10 us each, an input for 50,000 of them", 1, PARCEL_MS, 50_000],
]) {
  const { parcelsPerSecond, busy, used } = await cell(CELL, items, workMs);
  const seconds = INPUTS / (parcelsPerSecond * inputs * (HOSTS / CELL));
  const load = [used, busy.redis, busy.submitter].map(percent);
  ways.push([what, seconds < 10 ? seconds.toFixed(1) : whole(seconds), ...load]);
}
console.log(table(["", "seconds", "slots in use", "Redis busy", "submitter busy"], ways));

async function cell(hosts, items, workMs) {
  const slots = hosts * SLOTS;
  const inFlight = 2 * slots; // as the executor does
  const setting = { place: apart, hosts, slots: SLOTS, inFlight, workMs, hopMs: HOP_MS };
  const result = await simulate({ ...setting, costsUs: costsOf(items), parcels: 5 * inFlight });
  return { ...result, used: (result.parcelsPerSecond * workMs) / 1_000 / slots };
}
