import { expect, test } from "vitest";
import type { Meter } from "../../../advisor/meter.js";
import { AutoPlace } from "./auto-place.js";
import type { Place } from "./place.js";

const LOOK_EVERY = 512;
/** So many looks at a short function, and the executor has had its time. */
const TRIAL_LOOKS = 10;

/** Gives its name for every input. */
const placeOf = (name: string, run: () => string | PromiseLike<string> = () => name): Place => ({
  name,
  reason: undefined,
  ahead: 1,
  sliceMs: 1,
  run,
  load: () => ({ running: 0, waiting: 0 }),
  dismissWaiting: () => {},
  close: async () => {},
});

/** A place, how much of the loop each input takes, and how long it then waits for a core. */
function opened(local: Place = placeOf("local")) {
  const costs = { heldMs: 0.01, queuedMs: 0 };
  let [inputs, activeMs, queuedMs] = [0, 0, 0];
  const meter: Meter = {
    read: () => ({ atMs: activeMs, activeMs, cpuMs: 0, queuedMs }),
  };
  const auto = { ...placeOf("auto"), model: "async" };
  const place = new AutoPlace(auto, local, meter);
  const run = (): string | PromiseLike<string> => {
    inputs += 1;
    activeMs += costs.heldMs + costs.queuedMs;
    queuedMs += costs.queuedMs;
    return place.run(String(inputs), 1);
  };
  const runMany = (): string | PromiseLike<string> => {
    for (let i = 1; i < (TRIAL_LOOKS + 1) * LOOK_EVERY; i += 1) void run();
    return run();
  };
  return { auto, costs, place, run, runMany };
}

test("a short function that stays on the loop passes the executor by, once it was measured", () => {
  const { run, runMany } = opened();
  expect(run()).toBe("auto");
  expect(runMany()).toBe("local");
});

test("waits for a core make no function a long one", () => {
  const { costs, runMany } = opened();
  costs.queuedMs = 5;
  expect(runMany()).toBe("local");
});

test("one that becomes long goes to the executor, and back when it is short again", () => {
  const { costs, runMany } = opened();
  runMany();
  costs.heldMs = 1;
  expect(runMany()).toBe("auto");
  costs.heldMs = 0.01;
  expect(runMany()).toBe("local");
});

test("what the executor runs in threads is not taken from it", () => {
  const { auto, runMany } = opened();
  auto.model = "threads";
  expect(runMany()).toBe("auto");
});

test("the executor has time to decide, however short the function is", () => {
  const { costs, run } = opened();
  costs.heldMs = 0.02; // fifty milliseconds are 2,500 inputs
  for (let i = 1; i <= 4 * LOOK_EVERY; i += 1) expect(run()).toBe("auto");
});

test("what is tiny stays here, also if the executor took it for long while it was new; and it is said why", () => {
  const { auto, costs, place, runMany } = opened();
  runMany();
  costs.heldMs = 0.002;
  runMany();
  auto.model = "threads";
  expect(runMany()).toBe("local");
  expect(place.name).toBe("auto: async");
  expect(place.reason).toBe("2 µs an input, less than its way to a thread takes");
  costs.heldMs = 0.02;
  expect(runMany()).toBe("auto");
  expect(place.name).toBe("auto");
});

test("what waits is the executor's from then on", async () => {
  const waiting = placeOf("local", () => Promise.resolve("waited"));
  const { runMany } = opened(waiting);
  expect(await runMany()).toBe("auto");
});
