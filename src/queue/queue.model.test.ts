// Over 200 lines because the model and the play that is compared with it are read together.
import * as fc from "fast-check";
import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { host } from "../core/index.js";
import { LifoQueue } from "./lifo-queue.js";
import { PriorityQueue } from "./priority-queue.js";
import { Queue } from "./queue.js";

const turn = (): Promise<void> => new Promise((resolve) => host.soon(resolve));
const GONE = new Error("gone");
const rankOf = (item: number): number => item % 3;

interface Kind {
  make(capacity: number): Queue<number>;
  take(held: number[]): number | undefined;
}

const KINDS: Kind[] = [
  { make: (capacity) => new Queue({ capacity }), take: (held) => held.shift() },
  { make: (capacity) => new LifoQueue({ capacity }), take: (held) => held.pop() },
  {
    make: (capacity) => new PriorityQueue({ capacity, compare: (a, b) => rankOf(a) - rankOf(b) }),
    take(held) {
      const first = held.reduce((a, b) => (rankOf(b) < rankOf(a) ? b : a), held[0]!);
      return held.splice(held.indexOf(first), 1)[0];
    },
  },
];

function outcomeOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).name;
  }
}

/** One call of put, get, getMany or join: what the model says of it, and what its promise told. */
interface Call {
  readonly item: number;
  readonly max: number;
  readonly controller: AbortController;
  expected: unknown;
  seen: unknown;
}

/** The queue, told slowly. */
class Model {
  held: number[] = [];
  putters: Call[] = [];
  getters: Call[] = [];
  joiners: Call[] = [];
  unfinished = 0;
  closed = false;
  readonly capacity: number;
  readonly kind: Kind;

  constructor(capacity: number, kind: Kind) {
    this.capacity = capacity;
    this.kind = kind;
  }

  accept(item: number): void {
    this.unfinished += 1;
    const getter = this.getters.shift();
    if (getter === undefined) this.held.push(item);
    else getter.expected = [item];
  }

  put(call: Call): void {
    if (this.closed) call.expected = "CLOSED";
    else if (this.held.length >= this.capacity) this.putters.push(call);
    else {
      this.accept(call.item);
      call.expected = "put";
    }
  }

  take(max: number): number[] {
    const taken: number[] = [];
    while (taken.length < max && this.held.length > 0) {
      taken.push(this.kind.take(this.held)!);
      const putter = this.putters.shift();
      if (putter === undefined) continue;
      this.accept(putter.item);
      putter.expected = "put";
    }
    return taken;
  }

  get(call: Call): void {
    if (this.held.length > 0) call.expected = this.take(call.max);
    else if (this.closed) call.expected = "CLOSED";
    else this.getters.push(call);
  }

  done(count: number): void {
    this.unfinished -= count;
    if (this.unfinished > 0) return;
    for (const call of this.joiners.splice(0)) call.expected = "joined";
  }

  cancel(call: Call): void {
    for (const line of [this.putters, this.getters, this.joiners]) {
      const at = line.indexOf(call);
      if (at < 0) continue;
      line.splice(at, 1);
      call.expected = GONE;
    }
  }

  close(discard: boolean): void {
    this.closed = true;
    for (const call of [...this.putters.splice(0), ...this.getters.splice(0)])
      call.expected = "CLOSED";
    if (discard) this.done(this.held.splice(0).length);
  }
}

const BUSY = ["put", "put", "put", "get", "get", "get", "getMany", "tryPut", "tryGet"];
const step = fc.tuple(
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...BUSY, "cancel", "cancel", "done", "join", "turn") },
    { weight: 1, arbitrary: fc.constantFrom("aborted", "close", "discard") },
  ),
  fc.nat(1_000),
);

async function play(kind: Kind, capacity: number, steps: [string, number][]): Promise<void> {
  const queue = kind.make(capacity);
  const model = new Model(capacity, kind);
  const calls: Call[] = [];
  let items = 0;

  const call = (run: (call: Call) => Promise<unknown>, max = 1): Call => {
    const controller = new AbortController();
    const made: Call = { item: items, max, controller, expected: undefined, seen: undefined };
    items += 1;
    calls.push(made);
    run(made).then(
      (value) => (made.seen = value),
      (error: { code?: string }) => (made.seen = error.code ?? error),
    );
    return made;
  };
  const take: Record<string, (n: number) => void> = {
    put: () =>
      model.put(call(({ item, controller }) => queue.put(item, controller).then(() => "put"))),
    get: () => model.get(call(({ controller }) => queue.get(controller).then((item) => [item]))),
    getMany: (n) => {
      // One at a time while it may wait: what a batch finds after its wait depends on microtasks.
      const max = queue.size > 0 ? 1 + (n % 4) : 1;
      model.get(call(({ controller }) => queue.getMany(max, controller), max));
    },
    join: () => {
      const made = call(({ controller }) => queue.join(controller).then(() => "joined"));
      if (model.unfinished === 0) made.expected = "joined";
      else model.joiners.push(made);
    },
    tryPut: () => {
      const room = model.held.length < capacity;
      expect(outcomeOf(() => queue.tryPut(items))).toBe(model.closed ? "CLOSED" : room);
      if (!model.closed && room) model.accept(items);
      items += 1;
    },
    tryGet: () => expect(queue.tryGet()?.value).toBe(model.take(1)[0]),
    done: () => {
      const open = model.unfinished > model.held.length;
      expect(outcomeOf(() => queue.taskDone())).toBe(open ? undefined : "RangeError");
      if (open) model.done(1);
    },
    cancel: (n) => {
      const made = calls[n % calls.length];
      if (made === undefined) return;
      model.cancel(made);
      made.controller.abort(GONE);
    },
    aborted: () => {
      const wait = { signal: AbortSignal.abort(GONE) };
      call(() => queue.put(-1, wait)).expected = GONE;
      call(() => queue.get(wait)).expected = GONE;
    },
    close: () => (model.close(false), queue.close()),
    discard: () => (model.close(true), queue.close({ discard: true })),
  };
  const agree = async (): Promise<void> => {
    await turn();
    expect(calls.map(({ seen }) => seen)).toEqual(calls.map(({ expected }) => expected));
  };

  for (const [what, n] of steps) {
    if (what === "turn") await agree();
    else take[what]?.(n);
    expect(queue.stats()).toMatchObject({
      buffered: model.held.length,
      unfinished: model.unfinished,
      closed: model.closed,
    });
  }
  calls.forEach((_, n) => take["cancel"]?.(n));
  await agree();
  expect(queue.stats().waiting).toBe(0);
  const listeners = calls.map(({ controller }) => getEventListeners(controller.signal, "abort"));
  expect(listeners.flat()).toEqual([]);
}

test("whatever is put, taken, cancelled and closed: no item is lost or comes twice, nobody barges in", async () => {
  const schedule = fc.array(step, { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...KINDS), fc.integer({ min: 1, max: 4 }), schedule, play),
    {
      numRuns: 3_000,
    },
  );
});
