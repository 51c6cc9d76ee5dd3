import { expect, test } from "vitest";
import { host } from "../core/index.js";
import { sleep, withTaskGroup } from "../task/index.js";
import { VirtualHost, type VirtualHostOptions } from "./index.js";

/** The order in which twenty tasks with sleeps that end together come by. */
async function order(options?: VirtualHostOptions): Promise<string> {
  const steps: string[] = [];
  await new VirtualHost(options).run(() =>
    withTaskGroup((group) => {
      for (let task = 0; task < 20; task += 1) {
        group.spawn(async () => {
          for (const ms of [0, 10, 0]) {
            await sleep(ms);
            steps.push(`${task}`);
          }
        });
      }
    }),
  );
  return steps.join(" ");
}

test("without a seed, what is due together runs in the order in which it was asked for", async () => {
  const round = Array.from({ length: 20 }, (_, task) => `${task}`).join(" ");
  expect(await order()).toBe([round, round, round].join(" "));
});

test("a seed gives one order, the same at every run", async () => {
  const first = await order({ seed: 42 });
  expect(await order({ seed: 42 })).toBe(first);
  expect(first).not.toBe(await order());
});

test("other seeds give other orders", async () => {
  const orders = new Set<string>();
  for (let seed = 0; seed < 20; seed += 1) orders.add(await order({ seed }));
  expect(orders.size).toBe(20);
});

test("a seed shuffles turns too, and never lets a later time overtake", async () => {
  const orders = new Set<string>();
  for (let seed = 0; seed < 20; seed += 1) {
    const ran: string[] = [];
    await new VirtualHost({ seed }).run(async () => {
      host.startTimer(() => ran.push("later"), 1);
      host.soon(() => ran.push("a"));
      host.soon(() => ran.push("b"));
      await sleep(2);
    });
    orders.add(ran.join(" "));
  }
  expect([...orders].toSorted()).toEqual(["a b later", "b a later"]);
});

test("every microtask has run before the next turn or timer", async () => {
  const ran: string[] = [];
  await new VirtualHost({ seed: 1 }).run(async () => {
    const chain = async (name: string): Promise<void> => {
      for (let i = 0; i < 100; i += 1) await Promise.resolve();
      ran.push(name);
    };
    host.soon(() => void chain("chain of the first turn"));
    host.startTimer(() => ran.push("timer"), 1);
    await sleep(2);
  });
  expect(ran).toEqual(["chain of the first turn", "timer"]);
});

test("chance comes from the seed", async () => {
  const draw = (seed: number): Promise<number[]> =>
    new VirtualHost({ seed }).run(() => [host.random(), host.random()]);
  expect(await draw(3)).toEqual(await draw(3));
  expect(await draw(3)).not.toEqual(await draw(4));
});
