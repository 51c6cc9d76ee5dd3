import { getEventListeners } from "node:events";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { host, listen, type Scope, scopeOf, TaskGroupError, TimeoutError } from "../core/index.js";
import { VirtualHost } from "../testing/index.js";
import { shield, sleep, withTaskGroup, withTimeout } from "./index.js";
import type { Task, TaskGroup, TimeoutScope } from "./index.js";

/** A random program. */
type Plan = Work | Timed | Shielded | Grouped;
type Work = { kind: "work"; ms: number; heeds: boolean; cleanupMs: number; end: string };
type Timed = { kind: "timeout"; ms: number; inner: Plan };
type Shielded = { kind: "shield"; graceMs: number; inner: Plan };
type Grouped = { kind: "group"; children: Child[]; cancels: boolean; body: Plan };
type Child = { gapMs: number; shielded: boolean; joins: boolean; plan: Plan };
/** How something ended, and in which turn: of what ends in the same one, either order is right. */
type End = { ok: boolean; error: unknown; onlyCancelled: boolean; turn: number };

/** Counts turns, and the timers that neither ran nor were stopped. */
class CountingHost extends VirtualHost {
  readonly timers = new Set<unknown>();
  turn = 0;

  override startTimer(run: () => void, delayMs: number): unknown {
    const timer = super.startTimer(() => {
      this.timers.delete(timer);
      this.turn += 1;
      run();
    }, delayMs);
    this.timers.add(timer);
    return timer;
  }

  override stopTimer(timer: unknown): void {
    this.timers.delete(timer);
    super.stopTimer(timer);
  }
}

const turn = (): number => (host as CountingHost).turn;
/** Laws that were broken: an assertion thrown inside a program would be one more of its errors. */
const broken: string[] = [];
const law = (holds: boolean, what: string): void => void (holds || broken.push(what));

const abort = (error: unknown, reason: unknown): boolean =>
  error instanceof AggregateError
    ? error.errors.every((one) => abort(one, reason))
    : error === reason || (error as Error).name === "AbortError";

async function endOf(scope: Scope, run: () => PromiseLike<unknown>): Promise<End> {
  try {
    await run();
    return { ok: true, error: undefined, onlyCancelled: false, turn: turn() };
  } catch (error) {
    const onlyCancelled = scope.cancelled && abort(error, scope.reason);
    return { ok: false, error, onlyCancelled, turn: turn() };
  }
}

const pass = (end: End): unknown => (end.ok ? undefined : Promise.reject(end.error));

/** Runs `check` with the turn in which `outer` was cancelled. */
async function watching<T>(outer: Scope, check: (cancelTurn: () => number) => T) {
  let at = Infinity;
  using _ = outer.onCancel(() => (at = turn()));
  return await check(() => at);
}

async function work({ ms, heeds, cleanupMs, end }: Work, scope: Scope): Promise<void> {
  try {
    await sleep(ms, heeds ? scope : undefined);
  } catch (reason) {
    await sleep(cleanupMs);
    if (end === "passes the cancel on") throw reason;
  }
  if (end === "fails") throw new Error("real");
}

const timed = (plan: Timed, outer: Scope): Promise<unknown> =>
  watching(outer, async (cancelTurn) => {
    let inner: End | undefined;
    let expired = false;
    const body = async (scope: TimeoutScope): Promise<unknown> => {
      inner = await endOf(scope, () => run(plan.inner, scope));
      expired = scope.expired;
      return pass(inner);
    };
    const end = await endOf(outer, () => withTimeout(plan.ms, body, { signal: outer.signal }));
    if (inner === undefined) law(end.error === outer.reason, "an aborted signal rejects first");
    else if (!inner.onlyCancelled) law(end.error === inner.error, "a value or own error wins");
    else if (end.error !== outer.reason) {
      law(end.error instanceof TimeoutError && expired, "only an expiry is a TimeoutError");
      law(cancelTurn() >= end.turn, "an outer cancel beats an expiry");
    } else law(outer.cancelled, "the outer reason is only thrown after an outer cancel");
    return pass(end);
  });

async function shielded(plan: Shielded, outer: Scope): Promise<unknown> {
  let inner: End | undefined;
  const body = async (scope: Scope): Promise<unknown> =>
    pass((inner = await endOf(scope, () => run(plan.inner, scope))));
  const options = { signal: outer.signal, timeoutMs: plan.graceMs };
  const end = await endOf(outer, () => shield(body, options));
  if (inner === undefined) law(false, "a shield runs its body");
  else if (!inner.onlyCancelled) law(end.error === inner.error, "what its body does");
  else law(end.error instanceof TimeoutError && outer.cancelled, "only a grace cancels a shield");
  return pass(end);
}

const grouped = (plan: Grouped, outer: Scope): Promise<unknown> =>
  watching(outer, async (cancelTurn) => {
    const ends: End[] = [];
    let running = 0;
    const watched = async (scope: Scope, part: () => PromiseLike<unknown>): Promise<unknown> => {
      running += 1;
      const end = await endOf(scope, part);
      running -= 1;
      ends.push(end);
      return pass(end);
    };
    let body: End | undefined;
    let reason: unknown;
    const parts = async (group: TaskGroup): Promise<void> => {
      let last: Task<unknown> | undefined;
      for (const { gapMs, shielded, joins, plan: child } of plan.children) {
        await sleep(gapMs, group);
        const earlier = joins ? last : undefined;
        const part = (scope: Scope) => watched(scope, () => earlier ?? run(child, scope));
        last = group.spawn(part, { shielded });
      }
      if (plan.cancels) group.cancel();
      await run(plan.body, group);
    };
    const whole = async (group: TaskGroup): Promise<unknown> => {
      group.onCancel((why) => (reason = why));
      body = await endOf(group, () => watched(group, () => parts(group)));
      return pass(body);
    };
    const end = await endOf(outer, () => withTaskGroup(whole, { signal: outer.signal }));
    law(running === 0, "nothing is abandoned");
    const real = ends.filter((one) => !one.ok && !one.onlyCancelled);
    if (real.length > 0) {
      const errors = end.error instanceof TaskGroupError ? end.error.errors : [];
      const turns = errors.map((error) => real.find((one) => one.error === error)?.turn);
      const distinct = new Set(real.map((one) => one.error)).size;
      law(errors.length === distinct && !turns.includes(undefined), "each real error, once");
      const inOrder = turns.toSorted((a, b) => Number(a) - Number(b));
      law(turns.join() === inOrder.join(), "in the order of settling");
    } else if (end.ok) law(body?.ok === true && cancelTurn() >= end.turn, "a value if not told");
    else if (end.error === outer.reason) law(outer.cancelled, "the outer reason has a cancel");
    else law(body?.onlyCancelled === true && end.error === reason, "a cancelled body's reason");
    return pass(end);
  });

function run(plan: Plan, scope: Scope): Promise<unknown> {
  if (plan.kind === "work") return work(plan, scope);
  if (plan.kind === "timeout") return timed(plan, scope);
  return plan.kind === "shield" ? shielded(plan, scope) : grouped(plan, scope);
}

const ms = fc.integer({ min: 0, max: 20 });
const rarely = fc.integer({ min: 0, max: 4 }).map((n) => n === 0);
const kind = <K extends string>(name: K): fc.Arbitrary<K> => fc.constant(name);
const ends = fc.constantFrom("returns", "passes the cancel on", "passes the cancel on", "fails");
const { plan } = fc.letrec<{ plan: Plan }>((tie) => {
  const inner = tie("plan");
  const child = fc.record({ gapMs: ms, shielded: rarely, joins: rarely, plan: inner });
  const children = fc.array(child, { maxLength: 4 });
  return {
    plan: fc.oneof(
      { maxDepth: 5 },
      fc.record({ kind: kind("work"), ms, heeds: fc.boolean(), cleanupMs: ms, end: ends }),
      fc.record({ kind: kind("timeout"), ms, inner }),
      fc.record({ kind: kind("shield"), graceMs: ms, inner }),
      fc.record({ kind: kind("group"), children, cancels: rarely, body: inner }),
    ),
  };
});

test("random trees of groups, timeouts and shields end as the laws say, and leave nothing behind", () =>
  fc.assert(
    fc.asyncProperty(plan, ms, fc.nat(), async (plan, cancelMs, seed) => {
      broken.length = 0;
      const open = new Set<unknown>();
      const [begin, end] = [(it: unknown) => open.add(it), (it: unknown) => open.delete(it)];
      using _ = listen({ taskStarted: begin, taskSettled: end, waitBegan: begin, waitEnded: end });
      const controller = new AbortController();
      const counting = new CountingHost({ seed });
      await counting.run(async () => {
        const timer = host.startTimer(() => controller.abort(new Error("outside")), cancelMs);
        const root = scopeOf(controller) as Scope;
        await endOf(root, () => run(plan, root));
        host.stopTimer(timer);
      });
      expect(broken).toEqual([]);
      expect([open.size, counting.timers.size]).toEqual([0, 0]);
      expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    }),
    { numRuns: 2_000 },
  ));
