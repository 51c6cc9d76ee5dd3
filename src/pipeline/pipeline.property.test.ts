import * as fc from "fast-check";
import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { leaves, type Scope, TaskGroupError } from "../core/index.js";
import { sleep } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { pipeline, type Pipeline } from "./index.js";

const step = fc.record({
  kind: fc.constantFrom("map", "filter", "tap", "flatMap", "batch"),
  limit: fc.integer({ min: 1, max: 4 }),
  ms: fc.nat(10),
  /** The item at which it fails, if there are so many. */
  failsAt: fc.option(fc.nat(30), { nil: -1, freq: 8 }),
});

const plan = fc.record({
  count: fc.nat(30),
  sourceMs: fc.nat(3),
  steps: fc.array(step, { maxLength: 5 }),
  end: fc.constantFrom("collect", "forEach", "pipeTo", "for await"),
  leaveAfter: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined, freq: 3 }),
  cancelAtMs: fc.option(fc.nat(80), { nil: undefined, freq: 2 }),
  seed: fc.nat(1_000_000),
});

type ValueOf<A> = A extends fc.Arbitrary<infer T> ? T : never;
type Step = ValueOf<typeof step>;
type Plan = ValueOf<typeof plan>;
type Item = number | Item[];

const REASON = new Error("the reason");
const first = (item: Item): number => (typeof item === "number" ? item : first(item[0] ?? 0));

/** What each step does to an item, or to all. */
const keeps = (item: Item): boolean => first(item) % 3 !== 1;
const several = (item: Item): Item[] => Array.from({ length: first(item) % 3 }, () => item);
const batches = (items: Item[], size: number): Item[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) =>
    items.slice(n * size, (n + 1) * size),
  );

/** The pipeline, told by arrays. */
function model({ count, steps }: Plan): Item[] {
  let items: Item[] = Array.from({ length: count }, (_, n) => n);
  for (const { kind, limit } of steps) {
    if (kind === "map") items = items.map((item) => [item]);
    else if (kind === "filter") items = items.filter(keeps);
    else if (kind === "flatMap") items = items.flatMap(several);
    else if (kind === "batch") items = batches(items, limit);
  }
  return items;
}

class Run {
  readonly plan: Plan;
  readonly got: Item[] = [];
  readonly failed: string[] = [];
  running = 0;
  open = 0;
  tooMany = false;
  outcome: unknown = "settled";

  constructor(plan: Plan) {
    this.plan = plan;
  }

  async *source(): AsyncGenerator<Item> {
    this.open += 1;
    try {
      for (let n = 0; n < this.plan.count; n += 1) {
        await sleep(this.plan.sourceMs);
        yield n;
      }
    } finally {
      await sleep(1);
      this.open -= 1;
    }
  }

  /** A call of step `which` that takes its time, and its limit. */
  call({ limit, ms, failsAt }: Step, which: number): (item: Item, scope: Scope) => Promise<void> {
    let calls = 0;
    let running = 0;
    return async (item, scope) => {
      calls += 1;
      const call = calls;
      running += 1;
      this.running += 1;
      if (running > limit) this.tooMany = true;
      try {
        await sleep((first(item) * 7 + ms) % 11, which % 2 === 0 ? scope : undefined);
        if (call - 1 !== failsAt) return;
        this.failed.push(`step ${which}`);
        throw new Error(`step ${which}`);
      } finally {
        running -= 1;
        this.running -= 1;
      }
    };
  }

  append(from: Pipeline<Item>, step: Step, which: number): Pipeline<Item> {
    const { kind, limit } = step;
    if (kind === "batch") return from.batch(limit);
    const call = this.call(kind === "flatMap" ? { ...step, limit: 1 } : step, which);
    const giving =
      <T>(result: (item: Item) => T) =>
      async (item: Item, scope: Scope): Promise<T> => {
        await call(item, scope);
        return result(item);
      };
    if (kind === "map")
      return from.map<Item>(
        giving((item) => [item]),
        { limit },
      );
    if (kind === "filter") return from.filter(giving(keeps), { limit });
    if (kind === "tap")
      return from.tap(
        giving(() => "ignored"),
        { limit },
      );
    return from.flatMap<Item>(giving(several));
  }

  async go(signal: AbortSignal): Promise<void> {
    const { steps, end, leaveAfter } = this.plan;
    let from: Pipeline<Item> = pipeline(this.source(), { signal });
    for (const [which, step] of steps.entries()) from = this.append(from, step, which);
    if (end === "collect") this.got.push(...(await from.collect()));
    else if (end === "forEach") await from.forEach((item) => this.got.push(item));
    else if (end === "pipeTo")
      await from.pipeTo(new WritableStream({ write: (item) => void this.got.push(item) }));
    else {
      for await (const item of from) {
        this.got.push(item);
        if (this.got.length !== leaveAfter) continue;
        this.outcome = "left";
        break;
      }
    }
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const inOrder = (items: Item[]): boolean =>
  items.every((item, n) => n === 0 || first(items[n - 1] as Item) <= first(item));

const LAWS: Record<string, (run: Run, all: Item[]) => boolean> = {
  "nothing runs, and the source is closed": ({ running, open }) => running === 0 && open === 0,
  "each step keeps to its limit": ({ tooMany }) => !tooMany,
  // Before a failure a batch may come short, and items overtake the one that failed.
  "the end gets what the steps make of the items, in order": ({ got, failed }, all) =>
    failed.length > 0 ? inOrder(got) : same(got, all.slice(0, got.length)),
  "it settles if nothing failed, with everything": ({ outcome, got, failed }, all) =>
    outcome !== "settled" || (failed.length === 0 && same(got, all)),
  "a failure is one error, flat, with each failure once": ({ outcome, failed }) =>
    !(outcome instanceof TaskGroupError) ||
    (same(outcome.errors.map((error: Error) => error.message).toSorted(), failed.toSorted()) &&
      leaves(outcome).length === failed.length),
  "a real error beats everything else": ({ outcome, failed }) =>
    failed.length === 0 || outcome instanceof TaskGroupError,
  "a cancel gives the very reason": ({ outcome }) =>
    ["settled", "left", REASON].includes(outcome as string) || outcome instanceof TaskGroupError,
};

function broken(run: Run): string[] {
  const all = model(run.plan);
  return Object.keys(LAWS).filter((law) => LAWS[law]?.(run, all) !== true);
}

test("whatever the steps, times, failures, leaving and cancels: a pipeline does what arrays do", async () => {
  const play = async (plan: Plan): Promise<void> => {
    const run = new Run(plan);
    const controller = new AbortController();
    await new VirtualHost({ seed: plan.seed }).run(async () => {
      const going = run.go(controller.signal).catch((error: unknown) => (run.outcome = error));
      if (plan.cancelAtMs !== undefined) {
        await sleep(plan.cancelAtMs);
        controller.abort(REASON);
      }
      await going;
      expect(broken(run)).toEqual([]);
      expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    });
  };
  await fc.assert(fc.asyncProperty(plan, play), { numRuns: 2_000 });
});
