import * as fc from "fast-check";
import { expect, test } from "vitest";
import { host, type Permit } from "../core/index.js";
import { RwLock } from "./rw-lock.js";

const turn = (): Promise<void> => new Promise((resolve) => host.soon(resolve));

interface Caller {
  readonly kind: "read" | "write";
  readonly controller: AbortController;
  state: "waiting" | "in" | "out";
  refused: boolean;
  permit: Permit | undefined;
}

/** The lock, told slowly: who is in, and a line of which the head goes in as soon as it may. */
class Model {
  inside: Caller[] = [];
  line: Caller[] = [];

  admits(kind: "read" | "write"): boolean {
    if (kind === "write") return this.inside.length === 0;
    return this.inside.every((caller) => caller.kind === "read");
  }

  settle(): void {
    for (let head = this.line[0]; head && this.admits(head.kind); head = this.line[0]) {
      head.state = "in";
      this.inside.push(head);
      this.line.shift();
    }
  }

  leave(caller: Caller): void {
    caller.state = "out";
    this.inside = this.inside.filter((other) => other !== caller);
    this.line = this.line.filter((other) => other !== caller);
    this.settle();
  }
}

const step = fc.tuple(
  fc.constantFrom("read", "read", "write", "tryRead", "tryWrite", "cancel", "release", "turn"),
  fc.nat(1_000),
);

async function play(steps: [string, number][]): Promise<void> {
  const lock = new RwLock();
  const model = new Model();
  const callers: Caller[] = [];

  const enter = (kind: "read" | "write"): void => {
    const caller: Caller = {
      kind,
      controller: new AbortController(),
      state: "waiting",
      refused: false,
      permit: undefined,
    };
    callers.push(caller);
    model.line.push(caller);
    model.settle();
    lock[kind]({ signal: caller.controller.signal }).then(
      (permit) => (caller.permit = permit),
      () => (caller.refused = true),
    );
  };
  const tryEnter = (kind: "read" | "write", permit: Permit | undefined): void => {
    expect(permit !== undefined).toBe(model.line.length === 0 && model.admits(kind));
    if (permit === undefined) return;
    const controller = new AbortController();
    const caller: Caller = { kind, controller, state: "in", refused: false, permit };
    callers.push(caller);
    model.inside.push(caller);
  };
  const drain = async (): Promise<void> => {
    await turn();
    const told = ({ permit, refused }: Caller): boolean => permit !== undefined || refused;
    expect(callers.filter((caller) => told(caller) !== (caller.state !== "waiting"))).toEqual([]);
    expect(callers.filter((caller) => caller.refused && caller.state === "in")).toEqual([]);
  };
  const agree = (): void => {
    const writing = model.inside[0]?.kind === "write";
    const readers = writing ? 0 : model.inside.length;
    expect(lock.stats()).toEqual({ readers, writing, waiting: model.line.length });
  };

  for (const [what, n] of steps) {
    const caller = callers[n % callers.length];
    if (what === "read" || what === "write") enter(what);
    else if (what === "tryRead") tryEnter("read", lock.tryRead());
    else if (what === "tryWrite") tryEnter("write", lock.tryWrite());
    else if (what === "turn") await drain();
    else if (what === "cancel" && caller) {
      if (caller.state === "waiting") model.leave(caller);
      caller.controller.abort();
    } else if (what === "release" && caller?.permit) {
      if (caller.state === "in") model.leave(caller);
      caller.permit.release();
    }
    agree();
  }
  for (const caller of callers) {
    if (caller.state === "waiting") model.leave(caller);
    caller.controller.abort();
  }
  await drain();
  for (const caller of callers) caller.permit?.release();
  expect(lock.stats()).toEqual({ readers: 0, writing: false, waiting: 0 });
}

test("whatever comes and goes: one writer or readers only, in line order, and nobody is forgotten", async () => {
  const schedule = fc.array(step, { maxLength: 60 });
  await fc.assert(fc.asyncProperty(schedule, play), { numRuns: 2_000 });
});
