/**
 * What ../../RESULTS-cluster.md has of a quiet machine: 50 jobs in flight, a host of two slots, all on two cores;
 * the computing is that of all threads of a process, in microseconds for a job.
 */
const HEAD = ["kind", "items", "itemsPerSecond", "submitter", "redis", "host"];
const ROWS = [
  ["weftwork", 1, 4_252, 133, 40, 217],
  ["weftwork", 10, 34_843, 150, 40, 280],
  ["weftwork", 100, 217_391, 260, 70, 420],
  ["weftwork", 1_000, 582_601, 1_067, 267, 1_433],
  ["p-map over BullMQ", 1, 2_411, 280, 173, 237],
  ["p-map over BullMQ", 10, 16_069, 490, 210, 390],
  ["p-map over BullMQ", 100, 145_470, 690, 300, 560],
  ["p-map over BullMQ", 1_000, 707_921, 1_133, 467, 833],
];

export const measured = ROWS.map((row) =>
  Object.fromEntries(row.map((cell, i) => [HEAD[i], cell])),
);

/** How it was measured; `hopMs` is half of a ping from process to process. */
export const SETTING = { hosts: 1, slots: 2, inFlight: 50, workMs: 0, hopMs: 0.05 };
export const CORES = 2;

const [one, , , thousand, alone] = measured;

/**
 * What a parcel of so many inputs costs. For the parcel itself this is what a job of bare BullMQ costs: there each
 * travels alone, while several of our small ones went in one parcel. For each input it is what ours cost.
 */
export function costsOf(items) {
  const cost = (who) => alone[who] + ((thousand[who] - one[who]) / 999) * items;
  return { submitter: cost("submitter"), redis: cost("redis"), host: cost("host") };
}
