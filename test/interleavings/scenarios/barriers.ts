import { SharedBarrier, SharedEvent } from "../../../src/shared/index.js";
import type { Scenario, World } from "../world.js";
import { assert, failureOf } from "./claims.js";

type Meeting = World<{ barrier: SharedBarrier }>;

const sync = ({ objects: { barrier } }: Meeting): number => barrier.waitSync();
const twice = (world: Meeting): number[] => [sync(world), sync(world)];
const awaited = async ({ objects: { barrier } }: Meeting): Promise<number[]> => [
  await barrier.wait(),
  await barrier.wait(),
];

const leaves = async (world: Meeting): Promise<string | undefined> => {
  const { barrier } = world.objects;
  const leaving = new AbortController();
  world.later(() => leaving.abort(new Error("left")));
  const failure = await failureOf(barrier.wait({ signal: leaving.signal }));
  if (failure === undefined) return undefined;
  assert(failure === "left", failure);
  await barrier.wait();
  return failure;
};

const placesOf = (results: readonly unknown[], round: number): void => {
  const places = results.map((result) => (result as number[])[round]);
  const wasFirst = places.indexOf(0);
  assert(places[wasFirst] === 0 && places[1 - wasFirst] === 1, `the places: ${places.join()}`);
};

const resetWhileTheyCome: Scenario<{ barrier: SharedBarrier }> = {
  make: () => ({ barrier: new SharedBarrier(3) }),
  threads: [
    (world) => failureOf(world.objects.barrier.wait()),
    (world) => failureOf(world.objects.barrier.wait()),
    (world) => {
      world.objects.barrier.reset();
      world.later(() => world.objects.barrier.abort());
      return failureOf(new Promise((resolve) => world.later(() => resolve(0))));
    },
  ],
  check([first, second]) {
    assert(
      first === "BROKEN" && second === "BROKEN",
      `not broken: ${String(first)}, ${String(second)}`,
    );
  },
};

const resetOfWaiting: Scenario<{ barrier: SharedBarrier; arrived: SharedEvent }> = {
  make: () => ({ barrier: new SharedBarrier(2), arrived: new SharedEvent() }),
  threads: [
    ({ objects: { barrier, arrived } }) => {
      const waiting = failureOf(barrier.wait());
      arrived.set();
      return waiting;
    },
    ({ objects: { barrier, arrived } }) => {
      arrived.waitSync();
      barrier.reset();
    },
  ],
  check: ([failure]) => assert(failure === "BROKEN", String(failure)),
};

export const barriers: Readonly<Record<string, Scenario>> = {
  "barrier: a reset of who waits": resetOfWaiting,
  "barrier: two rounds": {
    make: () => ({ barrier: new SharedBarrier(2) }),
    threads: [twice, twice],
    check(results) {
      placesOf(results, 0);
      placesOf(results, 1);
    },
  },
  "barrier: one awaits": {
    make: () => ({ barrier: new SharedBarrier(2) }),
    threads: [twice, awaited],
    check(results) {
      placesOf(results, 0);
      placesOf(results, 1);
    },
  },
  "barrier: one leaves and comes again": {
    make: () => ({ barrier: new SharedBarrier(2) }),
    threads: [sync, leaves],
    check() {},
  },
  "barrier: a reset while they come": resetWhileTheyCome,
};
