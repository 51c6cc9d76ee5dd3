import { getEventListeners } from "node:events";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { host, listen, type Scope, scopeOf, TaskGroupError, TimeoutError } from "../core/index.js";
import { VirtualHost } from "../testing/index.js";
import { shield, sleep, type Task, withTaskGroup, withTimeout } from "./index.js";

/** A random program. Times are virtual; `turn` decides who came first. */
type Plan =
  | { kind: "work"; ms: number; heeds: boolean; cleanupMs: number; fails: boolean; saves: boolean }
  | { kind: "timeout"; ms: number; inner: Plan }
  | { kind: "shield"; graceMs: number; inner: Plan }
  | { kind: "group"; children: Child[]; cancels: boolean; body: Plan };
type Child = { gapMs: number; shielded: boolean; joins: boolean; plan: Plan };

/** How something ended, with the turn in which it did. */
type End = { ok: boolean; error: unknown; onlyCancelled: boolean; turn: number };

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

/** What the laws call "only cancelled", for the errors that these programs can throw. */
function onlyCancelled(error: unknown, scope: Scope): boolean {
  if (!scope.cancelled) return false;
  return error === scope.reason || (error instanceof Error && error.name === "AbortError");
}

async function endOf(scope: Scope, run: () => PromiseLike<unknown>): Promise<End> {
  try {
    await run();
    return { ok: true, error: undefined, onlyCancelled: false, turn: turn() };
  } catch (error) {
    return { ok: false, error, onlyCancelled: onlyCancelled(error, scope), turn: turn() };
  }
}

/** In which turn `scope` was cancelled; of what ends in the same one, either order is right. */
function cancelTurn(scope: Scope): { at: number } {
  const cancelled = { at: Infinity };
  scope.onCancel(() => (cancelled.at = turn()));
  return cancelled;
}

async function work(plan: Plan & { kind: "work" }, scope: Scope): Promise<void> {
  try {
    await sleep(plan.ms, plan.heeds ? scope : undefined);
  } catch (reason) {
    await sleep(plan.cleanupMs);
    if (!plan.fails) {
      if (plan.saves) return;
      throw reason;
    }
  }
  if (plan.fails) throw new Error("real");
}

function run(plan: Plan, scope: Scope): Promise<void> {
  if (plan.kind === "work") return work(plan, scope);
  if (plan.kind === "timeout") return timed(plan, scope);
  if (plan.kind === "shield") return shielded(plan, scope);
  return grouped(plan, scope);
}

async function timed(plan: Plan & { kind: "timeout" }, outer: Scope): Promise<void> {
  const cancelled = cancelTurn(outer);
  let inner!: End;
  let expired = false;
  const body = async (scope: Scope & { expired: boolean }): Promise<void> => {
    inner = await endOf(scope, () => run(plan.inner, scope));
    expired = scope.expired;
    if (!inner.ok) throw inner.error;
  };
  const end = await endOf(outer, () => withTimeout(plan.ms, body, { signal: outer.signal }));
  if (inner === undefined) expect(end.error).toBe(outer.reason); // cancelled before it began
  else if (!inner.onlyCancelled) expect(end.error).toBe(inner.error);
  else if (end.error instanceof TimeoutError) {
    expect(expired).toBe(true);
    expect(cancelled.at).toBeGreaterThanOrEqual(end.turn);
  } else expect(end.error).toBe(outer.reason);
  if (!end.ok) throw end.error;
}

async function shielded(plan: Plan & { kind: "shield" }, outer: Scope): Promise<void> {
  let inner!: End;
  const body = async (scope: Scope): Promise<void> => {
    inner = await endOf(scope, () => run(plan.inner, scope));
    if (!inner.ok) throw inner.error;
  };
  const options = { signal: outer.signal, timeoutMs: plan.graceMs };
  const end = await endOf(outer, () => shield(body, options));
  if (inner.onlyCancelled) {
    expect(end.error).toBeInstanceOf(TimeoutError);
    expect(outer.cancelled).toBe(true);
  } else expect([end.ok, end.error]).toEqual([inner.ok, inner.error]);
  if (!end.ok) throw end.error;
}

async function grouped(plan: Plan & { kind: "group" }, outer: Scope): Promise<void> {
  const cancelled = cancelTurn(outer);
  const ends: End[] = [];
  let running = 0;
  const watched = async (scope: Scope, part: () => PromiseLike<unknown>): Promise<End> => {
    running += 1;
    const end = await endOf(scope, part);
    running -= 1;
    ends.push(end);
    if (!end.ok) throw end.error;
    return end;
  };
  let body: End | undefined;
  const end = await endOf(outer, () =>
    withTaskGroup(
      (group) => {
        const part = async (): Promise<void> => {
          let last: Task<unknown> | undefined;
          for (const { gapMs, shielded, joins, plan: child } of plan.children) {
            await sleep(gapMs, group);
            const earlier = joins ? last : undefined;
            last = group.spawn((scope) => watched(scope, () => earlier ?? run(child, scope)), {
              shielded,
            });
          }
          if (plan.cancels) group.cancel();
          await run(plan.body, group);
        };
        return watched(group, () => endOf(group, part).then((end) => rethrow((body = end))));
      },
      { signal: outer.signal },
    ),
  );
  expect(running).toBe(0); // nothing is abandoned
  const real = ends.filter((one) => !one.ok && !one.onlyCancelled);
  if (real.length > 0) {
    expect(end.error).toBeInstanceOf(TaskGroupError);
    const { errors, cause } = end.error as TaskGroupError;
    expect(new Set(errors)).toEqual(new Set(real.map((one) => one.error)));
    const turns = errors.map((error) => real.find((one) => one.error === error)?.turn ?? -1);
    expect(turns).toEqual(turns.toSorted((a, b) => a - b));
    expect([errors.length, cause]).toEqual([new Set(errors).size, errors[0]]);
  } else if (end.ok) {
    expect(body?.ok).toBe(true);
    expect(cancelled.at).toBeGreaterThanOrEqual(end.turn);
  } else if (end.error !== outer.reason) expect(end.error).toBe(body?.error);
  else expect(outer.cancelled).toBe(true);
  if (!end.ok) throw end.error;
}

function rethrow(end: End): void {
  if (!end.ok) throw end.error;
}

const ms = fc.integer({ min: 0, max: 20 });
const programs = fc.letrec<{ plan: Plan; child: Child }>((tie) => ({
  plan: fc.oneof(
    { maxDepth: 4, depthSize: "medium" },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("work" as const),
        ms,
        heeds: fc.boolean(),
        cleanupMs: ms,
        fails: fc.integer({ min: 0, max: 9 }).map((n) => n < 2),
        saves: fc.boolean(),
      }),
    },
    fc.record({ kind: fc.constant("timeout" as const), ms, inner: tie("plan") }),
    fc.record({ kind: fc.constant("shield" as const), graceMs: ms, inner: tie("plan") }),
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("group" as const),
        children: fc.array(tie("child"), { maxLength: 4 }),
        cancels: fc.integer({ min: 0, max: 9 }).map((n) => n < 2),
        body: tie("plan"),
      }),
    },
  ),
  child: fc.record({
    gapMs: fc.oneof(fc.constant(0), ms),
    shielded: fc.boolean(),
    joins: fc.boolean(),
    plan: tie("plan"),
  }),
}));

test("random trees of groups, timeouts and shields end as the laws say, and leave nothing behind", () =>
  fc.assert(
    fc.asyncProperty(programs.plan, ms, fc.nat(), async (plan, cancelMs, seed) => {
      const counting = new CountingHost({ seed });
      const open = new Set<unknown>();
      const listening = listen({
        taskStarted: (task) => open.add(task),
        taskSettled: (task) => open.delete(task),
        waitBegan: (wait) => open.add(wait),
        waitEnded: (wait) => open.delete(wait),
      });
      const controller = new AbortController();
      await counting.run(async () => {
        const abort = host.startTimer(() => controller.abort(new Error("outside")), cancelMs);
        const root = scopeOf(controller) as Scope;
        const end = await endOf(root, () => run(plan, root));
        host.stopTimer(abort);
        if (end.error instanceof Error && end.error.name === "AssertionError") throw end.error;
      });
      listening[Symbol.dispose]();
      expect([open.size, counting.timers.size]).toEqual([0, 0]);
      expect(getEventListeners(controller.signal, "abort").length).toBe(0);
    }),
    { numRuns: 1_000 },
  ));
