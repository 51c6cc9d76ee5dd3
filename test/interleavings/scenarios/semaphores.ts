import { SharedSemaphore } from "../../../src/shared/index.js";
import type { Scenario, World } from "../world.js";
import { assert } from "./claims.js";

type Places = World<{ places: SharedSemaphore }>;

const HELD = 6;

function hold({ plain, step }: Places, weight: number): void {
  plain[HELD]! += weight;
  step();
  assert(plain[HELD]! <= 2, "more permits are held than there are");
  plain[HELD]! -= weight;
}

const block =
  (weight: number, turns = 1) =>
  (world: Places): void => {
    for (let i = 0; i < turns; i += 1) {
      const permit = world.objects.places.acquireSync(Infinity, weight);
      hold(world, weight);
      permit.release();
    }
  };
const wait =
  (weight: number) =>
  async (world: Places): Promise<void> => {
    const permit = await world.objects.places.acquire({ weight });
    hold(world, weight);
    permit.release();
  };
const waitOrLeave = async (world: Places): Promise<void> => {
  const leaving = new AbortController();
  world.later(() => leaving.abort(new Error("left")));
  const { signal } = leaving;
  const permit = await world.objects.places.acquire({ weight: 2, signal }).catch(() => undefined);
  if (permit !== undefined) hold(world, 2);
  permit?.release();
};

const places = (...threads: Scenario<{ places: SharedSemaphore }>["threads"]) => ({
  make: () => ({ places: new SharedSemaphore(2) }),
  threads,
  check() {},
});

export const semaphores: Readonly<Record<string, Scenario<{ places: SharedSemaphore }>>> = {
  "semaphore: light and heavy": places(block(1), block(2), block(1)),
  "semaphore: awaited": places(block(2), wait(1), wait(2)),
  "semaphore: a heavy one leaves": places(block(1), waitOrLeave, block(1)),
};
