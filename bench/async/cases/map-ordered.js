import { strictEqual } from "node:assert";
import { increment, numbers } from "../numbers.js";

const LIMIT = 50;

/** Reads all results; a number out of order makes the sum wrong. */
async function drain(results) {
  let index = 0;
  let sum = 0;
  for await (const result of results) {
    index += 1;
    sum += result === index ? result : Number.NaN;
  }
  return sum;
}

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "map-ordered",
  title: "the same map read in order by `for await`",
  unit: "ns per item",
  size: 1_000_000,
  smokeSize: 1_000,
  check(sum, size) {
    strictEqual(sum, (size * (size + 1)) / 2);
  },
  implementations: [
    {
      name: "raw",
      note: "stops at errors, joins when left early",
      async load() {
        const { rawMapOrdered } = await import("../raw/map-ordered.js");
        return (size) => drain(rawMapOrdered(numbers(size), increment, LIMIT));
      },
    },
    {
      name: "weftwork",
      async load() {
        const { mapConcurrent } = await import("../../../dist/index.js");
        return (size) => drain(mapConcurrent(numbers(size), increment, { limit: LIMIT }));
      },
    },
    {
      name: "pMapIterable",
      from: "p-map",
      async load() {
        const { pMapIterable } = await import("p-map");
        return (size) => drain(pMapIterable(numbers(size), increment, { concurrency: LIMIT }));
      },
    },
    {
      name: "streaming-iterables",
      from: "streaming-iterables",
      note: "no cancel",
      async load() {
        const { parallelMap } = await import("streaming-iterables");
        return (size) => drain(parallelMap(LIMIT, increment, numbers(size)));
      },
    },
    {
      name: "Readable.map",
      note: "node:stream",
      async load() {
        const { Readable } = await import("node:stream");
        return (size) => drain(Readable.from(numbers(size)).map(increment, { concurrency: LIMIT }));
      },
    },
    {
      name: "effect",
      from: "effect",
      note: "Stream.mapEffect",
      divide: 5,
      async load() {
        const Effect = await import("effect/Effect");
        const Stream = await import("effect/Stream");
        const effect = (item) => Effect.promise(() => increment(item));
        return (size) =>
          drain(
            Stream.toAsyncIterable(
              Stream.fromIterable(numbers(size)).pipe(
                Stream.mapEffect(effect, { concurrency: LIMIT }),
              ),
            ),
          );
      },
    },
  ],
};
