import * as fc from "fast-check";
import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { leaves, type Scope, TaskGroupError } from "../core/index.js";
import { sleep, type Source } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { mapConcurrent } from "./index.js";

const item = fc.record({
  ms: fc.nat(20),
  fails: fc.nat(9).map((n) => n === 0),
  /** It goes on after a cancel, for its whole time. */
  stubborn: fc.boolean(),
});

const plan = fc.record({
  items: fc.array(item, { maxLength: 25 }),
  limit: fc.constantFrom(1, 2, 3, 8, Infinity),
  ordered: fc.boolean(),
  onError: fc.constantFrom("stop", "collect"),
  source: fc.constantFrom("array", "generator", "async", "web"),
  sourceMs: fc.nat(5),
  read: fc.constantFrom("toArray", "for await"),
  leaveAfter: fc.option(fc.nat(10), { nil: undefined, freq: 2 }),
  cancelAtMs: fc.option(fc.nat(60), { nil: undefined, freq: 2 }),
  seed: fc.nat(1_000_000),
});

type ValueOf<A> = A extends fc.Arbitrary<infer T> ? T : never;
type Item = ValueOf<typeof item>;
type Plan = ValueOf<typeof plan>;

const REASON = new Error("the reason");

/** What one run did, for the laws to look at. */
class Run {
  readonly plan: Plan;
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly failed: number[] = [];
  readonly results: number[] = [];
  running = 0;
  most = 0;
  ahead = 0;
  late = 0;
  open = 0;
  outcome: unknown = "settled";

  constructor(plan: Plan) {
    this.plan = plan;
  }

  readonly fn = async ({ ms, fails, stubborn }: Item, scope: Scope & { index: number }) => {
    const { index } = scope;
    this.starts.push(index);
    if (scope.cancelled) this.late += 1;
    this.running += 1;
    this.most = Math.max(this.most, this.running);
    this.ahead = Math.max(
      this.ahead,
      this.starts.length - this.results.length - this.failed.length,
    );
    try {
      await sleep(ms, stubborn ? undefined : scope);
      if (fails) {
        this.failed.push(index);
        throw new Error(`item ${index}`);
      }
      return index;
    } finally {
      this.running -= 1;
      this.ends.push(index);
    }
  };

  *generator(): Generator<Item> {
    this.open += 1;
    try {
      yield* this.plan.items;
    } finally {
      this.open -= 1;
    }
  }

  async *async(): AsyncGenerator<Item> {
    this.open += 1;
    try {
      for (const each of this.plan.items) {
        await sleep(this.plan.sourceMs);
        yield each;
      }
    } finally {
      await sleep(this.plan.sourceMs);
      this.open -= 1;
    }
  }

  web(): ReadableStream<Item> {
    const from = this.async();
    return new ReadableStream(
      {
        async pull(controller) {
          const { done, value } = await from.next();
          if (done === true) controller.close();
          else controller.enqueue(value);
        },
        cancel: async () => void (await from.return(undefined)),
      },
      { highWaterMark: 0 },
    );
  }

  source(): Source<Item> {
    return this.plan.source === "array" ? this.plan.items : this[this.plan.source]();
  }

  async go(signal: AbortSignal): Promise<void> {
    const { limit, ordered, onError, read, leaveAfter } = this.plan;
    const map = mapConcurrent(this.source(), this.fn, { limit, ordered, onError, signal });
    if (read === "toArray") {
      this.results.push(...(await map.toArray()));
      return;
    }
    for await (const result of map) {
      this.results.push(result);
      if (this.results.length === leaveAfter) {
        this.outcome = "left";
        break;
      }
    }
  }
}

const sorted = (places: readonly number[]): number[] => places.toSorted((a, b) => a - b);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const LAWS: Record<string, (run: Run, places: number[]) => boolean> = {
  "items are started once, in order": ({ starts }, places) =>
    same(starts, places.slice(0, starts.length)),
  "never more than `limit` run": ({ most, plan }) => most <= plan.limit,
  "nothing starts in a cancelled scope": ({ late }) => late === 0,
  "whatever started has ended": ({ running, starts, ends }) =>
    running === 0 && same(sorted(starts), sorted(ends)),
  "the source is closed": ({ open }) => open === 0,
  // One that the reader has taken, and has not counted yet, is on its way.
  "for await works ahead by 2 * limit": ({ ahead, plan }) =>
    plan.read === "toArray" || ahead <= 2 * plan.limit + 1,
  "results are of items that did well, each once": ({ results, plan }) =>
    new Set(results).size === results.length && results.every((n) => !plan.items[n]?.fails),
  "ordered results are in order": ({ results, plan }) =>
    !plan.ordered || same(results, sorted(results)),
  "it settles well if all did well, with all results": ({ outcome, results, failed }, places) =>
    outcome !== "settled" || (failed.length === 0 && same(sorted(results), places)),
  "it fails with each error once, in order, and with the places": ({ outcome, failed }) =>
    !(outcome instanceof TaskGroupError) ||
    (same(
      leaves(outcome).map(String),
      failed.map((n) => `Error: item ${n}`),
    ) &&
      same(outcome.indices, failed)),
  "a real error beats everything else": ({ outcome, failed }) =>
    failed.length === 0 || outcome instanceof TaskGroupError,
  "a cancel gives the very reason": ({ outcome }) =>
    outcome === "settled" ||
    outcome === "left" ||
    outcome instanceof TaskGroupError ||
    outcome === REASON,
  "collect tries all": ({ outcome, starts, plan }, places) =>
    plan.onError === "stop" ||
    plan.cancelAtMs !== undefined ||
    outcome === "left" ||
    plan.leaveAfter !== undefined ||
    same(starts, places),
};

function broken(run: Run): string[] {
  const places = [...run.plan.items.keys()];
  return Object.keys(LAWS).filter((law) => LAWS[law]?.(run, places) !== true);
}

test("whatever items take, fail, are cancelled and left: a map does what a loop does, side by side", async () => {
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
      const starts = run.starts.length;
      await sleep(1_000);
      expect(run.starts.length).toBe(starts); // nothing goes on behind it
    });
  };
  await fc.assert(fc.asyncProperty(plan, play), { numRuns: 3_000 });
});
