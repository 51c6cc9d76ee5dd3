import * as fc from "fast-check";
import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { host } from "../core/index.js";
import { AsyncEvent } from "./async-event.js";
import { Barrier } from "./barrier.js";

const turn = (): Promise<void> => new Promise((resolve) => host.soon(resolve));
const GONE = new Error("gone");

/** A wait: how the model says it ends, and how it did. */
interface Wait {
  readonly controller: AbortController;
  expected: unknown;
  seen: unknown;
}

/** Those that have waited, and the line of those that still do. */
class Waits {
  readonly all: Wait[] = [];
  line: Wait[] = [];

  add(begin: (signal: AbortSignal) => Promise<unknown>, expected?: unknown): void {
    const wait: Wait = { controller: new AbortController(), expected, seen: undefined };
    this.all.push(wait);
    if (expected === undefined) this.line.push(wait);
    begin(wait.controller.signal).then(
      (value) => (wait.seen = value),
      (error: { code?: string }) => (wait.seen = error.code ?? error),
    );
  }

  /** All in line end, each as `expected` says for its place. */
  end(expected: (place: number) => unknown): void {
    this.line.splice(0).forEach((wait, place) => (wait.expected = expected(place)));
  }

  cancel(n: number): void {
    const wait = this.all[n % this.all.length];
    if (wait === undefined) return;
    if (this.line.includes(wait)) wait.expected = GONE;
    this.line = this.line.filter((other) => other !== wait);
    wait.controller.abort(GONE);
  }

  finish(): Promise<void> {
    this.all.forEach((_, n) => this.cancel(n));
    return agree(this);
  }
}

async function agree({ all, line }: Waits): Promise<void> {
  await turn();
  expect(all.map(({ seen }) => seen)).toEqual(all.map(({ expected }) => expected));
  const listeners = all.map(({ controller }) => getEventListeners(controller.signal, "abort"));
  expect(listeners.flat()).toHaveLength(line.length);
}

const stepOf = (...what: string[]) => fc.array(fc.tuple(fc.constantFrom(...what), fc.nat(1_000)));

test("an event, whatever comes: it holds back while it is down, and then lets all through once", async () => {
  const schedule = stepOf("wait", "wait", "wait", "cancel", "set", "clear", "clear", "turn");
  const law = fc.asyncProperty(schedule, async (steps) => {
    const event = new AsyncEvent();
    const waits = new Waits();
    let isSet = false;
    const wait = (signal: AbortSignal) => event.wait({ signal }).then(() => "passed");
    for (const [what, n] of steps) {
      if (what === "wait") waits.add(wait, isSet ? "passed" : undefined);
      else if (what === "cancel") waits.cancel(n);
      else if (what === "turn") await agree(waits);
      else {
        isSet = what === "set";
        event[isSet ? "set" : "clear"]();
        if (isSet) waits.end(() => "passed");
      }
      expect(event.stats()).toEqual({ isSet, waiting: waits.line.length });
    }
    await waits.finish();
  });
  await fc.assert(law, { numRuns: 2_000 });
});

test("a barrier, whatever comes: it lets exactly its parties through, in order, or tells them BROKEN", async () => {
  const schedule = stepOf("wait", "wait", "wait", "wait", "cancel", "reset", "abort", "turn");
  const law = fc.asyncProperty(schedule, fc.integer({ min: 1, max: 4 }), async (steps, parties) => {
    const barrier = new Barrier(parties);
    const waits = new Waits();
    let broken = false;
    const wait = (signal: AbortSignal): Promise<number> => barrier.wait({ signal });
    for (const [what, n] of steps) {
      if (what === "wait") {
        waits.add(wait, broken ? "BROKEN" : undefined);
        if (waits.line.length === parties) waits.end((place) => place);
      } else if (what === "cancel") waits.cancel(n);
      else if (what === "turn") await agree(waits);
      else {
        broken = what === "abort";
        barrier[broken ? "abort" : "reset"]();
        waits.end(() => "BROKEN");
      }
      expect(barrier.stats()).toEqual({ parties, broken, waiting: waits.line.length });
    }
    await waits.finish();
  });
  await fc.assert(law, { numRuns: 2_000 });
});
