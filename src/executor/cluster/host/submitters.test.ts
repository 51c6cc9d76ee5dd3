import type { Redis } from "ioredis";
import { expect, test } from "vitest";
import { packError } from "../../errors/index.js";
import { type Control, keysOf } from "../wire/index.js";
import { Submitters } from "./submitters.js";

const keys = keysOf("bull", "q");
const order = (control: Control): string => JSON.stringify({ s: "me", n: 1, control });

/** A Redis that answers each look when it is told to: is there a lease, and what was ordered. */
class SlowRedis {
  readonly #asked: ((answer: [null, unknown][]) => void)[] = [];
  readonly client = {
    pipeline: () => ({ exists: () => ({ hgetall: () => ({ exec: () => this.#ask() }) }) }),
  } as unknown as Redis;

  answer(lives: 0 | 1, orders: Record<string, string> = {}): void {
    const answer: [null, unknown][] = [
      [null, lives],
      [null, orders],
    ];
    for (const resolve of this.#asked.splice(0)) resolve(answer);
  }

  #ask(): Promise<[null, unknown][]> {
    return new Promise((resolve) => this.#asked.push(resolve));
  }
}

test("a submitter whom somebody asks for is not forgotten meanwhile: its orders would reach nobody", async () => {
  const redis = new SlowRedis();
  const submitters = new Submitters(redis.client, keys);
  const asked = submitters.of("me");
  await submitters.lookAfterAll(); // nothing of it runs here yet
  redis.answer(1);
  const submitter = await asked;
  const heard: Control[] = [];
  submitter.runs.set(1, { order: (control) => heard.push(control), orphan: () => {} });
  submitters.hear(order({ granted: 3 }));
  expect(heard).toEqual([{ granted: 3 }]);
});

test("what was ordered before its task came is there, whether it was heard or found", async () => {
  const redis = new SlowRedis();
  const submitters = new Submitters(redis.client, keys);
  const cancel = packError(new Error("stop"));
  const first = submitters.of("me");
  submitters.hear(order({ granted: 3 }));
  redis.answer(1, { 2: JSON.stringify({ cancel }) });
  const submitter = await first;
  expect(submitter.controlOf(1)).toEqual({ granted: 3 });
  expect(submitter.controlOf(2)).toEqual({ cancel });
  expect(submitter.controlOf(3)).toBeUndefined();
});

test("what runs for a submitter ends when its lease was gone at three looks, and not before", async () => {
  const redis = new SlowRedis();
  const submitters = new Submitters(redis.client, keys);
  const asked = submitters.of("me");
  redis.answer(1);
  let orphaned = 0;
  const run = { order: () => {}, orphan: () => (orphaned += 1) };
  (await asked).runs.set(1, run);
  for (const lives of [0, 0, 1, 0, 0] as const) {
    const looked = submitters.lookAfterAll();
    redis.answer(lives);
    await looked;
  }
  expect(orphaned).toBe(0);
  const looked = submitters.lookAfterAll();
  redis.answer(0);
  await looked;
  expect(orphaned).toBe(1);
});
