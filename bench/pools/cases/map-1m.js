import { strictEqual } from "node:assert";
import { ours, postMessage, ring, threadPools } from "../kinds.js";
import { keepFull, python } from "../load.js";
import { implementation } from "../pool.js";

const CHUNK = 1_000;
const CHUNKS_IN_FLIGHT = 16;
const ITEMS_IN_FLIGHT = 4_000;

const numbers = (size) => Array.from({ length: size }, (_, i) => i);

/** What one writes by hand where a pool has no map. */
const inChunks = (pool) => {
  const squareAll = pool.task("squareAll");
  return async (size, watch) => {
    const items = numbers(size);
    watch.start();
    const results = new Array(size);
    const starts = new Array(CHUNKS_IN_FLIGHT);
    await keepFull({
      size: Math.ceil(size / CHUNK),
      inFlight: CHUNKS_IN_FLIGHT,
      submit(index, lane) {
        starts[lane] = index * CHUNK;
        return squareAll(items.slice(starts[lane], starts[lane] + CHUNK));
      },
      take(chunk, lane) {
        for (let i = 0; i < chunk.length; i++) results[starts[lane] + i] = chunk[i];
      },
    });
    watch.stop();
    return results;
  };
};

/** The ring moves numbers, one by one. */
const oneByOne = (pool) => {
  const square = pool.task("square");
  return async (size, watch) => {
    const items = numbers(size);
    watch.start();
    const results = new Array(size);
    const places = new Array(ITEMS_IN_FLIGHT);
    await keepFull({
      size,
      inFlight: ITEMS_IN_FLIGHT,
      submit(index, lane) {
        places[lane] = index;
        return square(items[index]);
      },
      take(result, lane) {
        results[places[lane]] = result;
      },
    });
    watch.stop();
    return results;
  };
};

const byMap = ({ pool, tasks }) => {
  return async (size, watch) => {
    const items = numbers(size);
    watch.start();
    const results = await pool.map(tasks.square, items, { chunkSize: "auto" }).toArray();
    watch.stop();
    return results;
  };
};

const byHand = (kind) => ({
  ...implementation(kind, inChunks),
  note: [kind.note, "chunks of 1,000 by hand"].filter(Boolean).join("; "),
});
const chunkSize = { note: "chunksize=1000" };

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "map-1m",
  title: "the squares of 1,000,000 numbers, in order, by 2 workers",
  unit: "ns per item",
  rate: "items/s",
  size: 1_000_000,
  smokeSize: 5_000,
  check(results, size) {
    strictEqual(results.length, size);
    for (let i = 0; i < size; i++) if (results[i] !== i * i) strictEqual(results[i], i * i);
  },
  implementations: [
    { ...implementation(ring, oneByOne), note: `${ring.note}; no chunks` },
    { ...implementation(ours, (open) => byMap(open)), note: "chunked automatically" },
    ...[postMessage, ...threadPools].map(byHand),
    python("map.py", "processes", { ...chunkSize, divide: 4 }),
    python("map.py", "pool", chunkSize),
  ],
};
