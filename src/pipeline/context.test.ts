import { AsyncLocalStorage } from "node:async_hooks";
import { expect, test } from "vitest";
import { host } from "../core/index.js";
import { Queue } from "../queue/index.js";
import { sleep, withTaskGroup } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { forEachConcurrent, mapConcurrent, pipeline } from "./index.js";

const caller = new AsyncLocalStorage<string>();
const here = (): string => caller.getStore() ?? "nobody";
const turn = (): Promise<void> => new Promise((resolve) => host.soon(resolve));

async function* places(seen: string[]): AsyncGenerator<number> {
  for (let n = 0; n < 5; n += 1) {
    seen.push(here());
    yield n;
    await turn();
  }
}

test("functions and sources run in the context of whoever called, however the calls take turns", async () => {
  await withTaskGroup((group) => {
    for (const name of ["anna", "bert", "carl"]) {
      group.spawn(() =>
        caller.run(name, async () => {
          const seen: string[] = [];
          const place = async (): Promise<string> => {
            await turn();
            return here();
          };
          const all = await mapConcurrent(places(seen), place, { limit: 3 }).toArray();
          for await (const result of mapConcurrent(places(seen), place, { limit: 2 }))
            all.push(result);
          await forEachConcurrent(places(seen), async () => void all.push(await place()), {
            limit: 2,
          });
          all.push(
            ...(await pipeline(places(seen))
              .filter(async () => (seen.push(await place()), true), { limit: 2 })
              .flatMap(async () => [await place()])
              .map(place, { limit: 2 })
              .collect()),
          );
          expect(new Set([...seen, ...all])).toEqual(new Set([name]));
          expect(all).toHaveLength(20);
        }),
      );
    }
  });
});

test("items put into a queue by somebody else are dealt with in the context of the map", async () => {
  const queue = new Queue<string>({ capacity: 1 });
  await withTaskGroup((group) => {
    const consumed = group.spawn(() =>
      caller.run("consumer", () =>
        mapConcurrent(queue, async (item) => `${item} for ${here()}`, { limit: 2 }).toArray(),
      ),
    );
    group.spawn(() =>
      caller.run("producer", async () => {
        for (const item of ["a", "b", "c"]) await queue.put(item);
        queue.close();
        expect(await consumed).toEqual(["a for consumer", "b for consumer", "c for consumer"]);
      }),
    );
  });
});

test("a batch that time completes goes on in the context of its reader", async () => {
  await new VirtualHost().run(async () => {
    const queue = new Queue<number>({ capacity: 9 });
    const seen: string[] = [];
    await withTaskGroup((group) => {
      group.spawn(() =>
        caller.run("reader", () =>
          pipeline(queue)
            .batch(5, { maxWaitMs: 10 })
            .forEach((batch) => void seen.push(`${batch.length} for ${here()}`)),
        ),
      );
      group.spawn(() =>
        caller.run("writer", async () => {
          await queue.put(1);
          await sleep(100);
          await queue.put(2);
          queue.close();
        }),
      );
    });
    expect(seen).toEqual(["1 for reader", "1 for reader"]);
  });
});
