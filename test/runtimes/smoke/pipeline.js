import { check, failure, same } from "./assert.js";

async function* upTo(last) {
  for (let item = 1; item <= last; item += 1) yield item;
}

export const pipeline = {
  async mapConcurrent({ mapConcurrent }) {
    let running = 0;
    let most = 0;
    const double = async (item) => {
      most = Math.max(most, (running += 1));
      await Promise.resolve();
      running -= 1;
      return item * 2;
    };
    same(await mapConcurrent([1, 2, 3, 4, 5], double, { limit: 2 }).toArray(), [2, 4, 6, 8, 10]);
    same(most, 2);
    same(await mapConcurrent(upTo(3), double, { limit: 2 }).toArray(), [2, 4, 6]);
    const seen = [];
    for await (const item of mapConcurrent([1, 2, 3], double, { limit: 3 })) seen.push(item);
    same(seen, [2, 4, 6]);
    const boom = new Error("boom");
    const error = await failure(() =>
      mapConcurrent([1], () => Promise.reject(boom), { limit: 1 }).toArray(),
    );
    check(error.errors[0] === boom, "the error comes out");
  },

  async forEachConcurrent({ forEachConcurrent }) {
    const stream = new ReadableStream({
      start(controller) {
        for (const item of [1, 2, 3]) controller.enqueue(item);
        controller.close();
      },
    });
    let sum = 0;
    await forEachConcurrent(stream, (item) => void (sum += item), { limit: 2 });
    same(sum, 6);
  },

  async pipeline({ pipeline }) {
    const batches = await pipeline(upTo(6))
      .map(async (item) => item * 10, { limit: 2 })
      .filter((item) => item !== 30)
      .batch(2)
      .collect();
    same(batches, [[10, 20], [40, 50], [60]]);
  },
};
