import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { AsyncEvent, sleep, withTimeout } from "../../src/index.js";
import { explore, type ExploreOptions, replay, step } from "../../src/testing/index.js";

/** What a program may ask of the world around it that `explore` can answer itself. */
const ANSWERED: Readonly<Record<string, () => unknown>> = {
  "Math.random()": () => Math.random(),
  "Date.now()": () => Date.now(),
  "new Date()": () => new Date().toISOString(),
  "performance.now()": () => performance.now(),
  "process.hrtime()": () => process.hrtime(),
  "process.hrtime.bigint()": () => process.hrtime.bigint(),
  "crypto.randomUUID()": () => crypto.randomUUID(),
  "crypto.getRandomValues()": () => [...crypto.getRandomValues(new Uint8Array(4))],
  "setTimeout()": () => new Promise((resolve) => setTimeout(resolve, 5, "late")),
  "setImmediate()": () => new Promise((resolve) => setImmediate(resolve, "soon")),
  "setInterval()": () =>
    new Promise((resolve) => {
      let times = 0;
      const timer = setInterval(() => {
        if ((times += 1) < 3) return;
        clearInterval(timer);
        resolve(times);
      }, 1_000);
    }),
  "AbortSignal.timeout()": () =>
    sleep(10_000, { signal: AbortSignal.timeout(1_000) }).catch((error: Error) => error.name),
};

/** What it can't. */
const REFUSED: Readonly<Record<string, () => unknown>> = {
  "the file system": () => readFile(import.meta.filename),
  "the network": () => {
    const server = createServer().listen(0, "127.0.0.1");
    return new Promise((resolve) => server.on("listening", () => server.close(resolve)));
  },
  "a timer of a module": () => delay(1),
  "a timer of a module that was made a promise": () => promisify(setTimeout)(1),
};

const programOf = (ask: () => unknown) => async () => {
  await step("begin");
  return ask();
};

function kindOf(ask: () => unknown, options?: ExploreOptions): Promise<unknown> {
  return explore(programOf(ask), { seeds: 5, ...options }).then(
    () => "held",
    (error: { kind?: string }) => error.kind ?? error,
  );
}

describe("what no seed can repeat is a finding", () => {
  test.each(Object.entries(ANSWERED))("%s, by name and line", async (name, ask) => {
    const outcome: unknown = await explore(programOf(ask)).catch((error: unknown) => error);
    expect(outcome).toMatchObject({ kind: "outside" });
    expect(String(outcome)).toContain(`${name}: no seed can repeat it`);
    expect(String(outcome)).toMatch(/\(outside\.test\.ts:\d+:\d+\)/);
  });

  test.each(Object.entries(REFUSED))("%s", async (_, ask) => {
    expect(await kindOf(ask)).toBe("outside");
    expect(await kindOf(ask, { outside: "virtual" })).toBe("outside");
  });
});

describe("on request it is repeated", () => {
  test.each(Object.entries(ANSWERED))("%s", async (_, ask) => {
    const values: unknown[] = [];
    const program = programOf(async () => values.push(await ask()));
    expect(await explore(program, { seeds: [7, 7], outside: "virtual" })).toBeTruthy();
    expect(values.length).toBe(4);
    for (const value of values) expect(value).toEqual(values[0]);
  });

  test("with other values for other seeds", async () => {
    const seen = new Set<number>();
    const program = programOf(() => seen.add(Math.random()));
    await explore(program, { seeds: 20, outside: "virtual" });
    expect(seen.size).toBe(20);
    await replay("3", program, { outside: "virtual" });
    expect(seen.size).toBe(20);
  });

  test("and foreign timers, dates and waits are on one clock", async () => {
    const program = async () => {
      const beganMs = Date.now();
      const woken = new AsyncEvent();
      setTimeout(() => woken.set(), 1_000);
      await sleep(999);
      expect(woken.isSet).toBe(false);
      await woken.wait();
      expect(Date.now() - beganMs).toBe(1_000);
      await expect(withTimeout(50, (scope) => sleep(100, scope))).rejects.toThrow("50 ms");
      expect(new Date(beganMs).getTime()).toBe(beganMs);
    };
    await explore(program, { strategy: "exhaustive", outside: "virtual" });
  });
});

function pickGlobals() {
  const { random } = Math;
  const { hrtime } = process;
  const bigint: unknown = Reflect.get(hrtime, "bigint");
  const { Date, setTimeout, setInterval, clearTimeout } = globalThis;
  const timeout: unknown = Reflect.get(AbortSignal, "timeout");
  return { random, hrtime, bigint, Date, setTimeout, setInterval, clearTimeout, timeout };
}

test("what the test runner asks for meanwhile is no business of the program", async () => {
  const before = pickGlobals();
  const running = explore(programOf(() => step("go on")));
  const outside = delay(1).then(() => [Date.now() > 1.7e12, Math.random() < 1]);
  expect(await running).toMatchObject({ schedules: 101 });
  expect(await outside).toEqual([true, true]);
  expect(pickGlobals()).toEqual(before);
});
