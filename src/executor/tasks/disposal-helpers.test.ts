import { runInThisContext } from "node:vm";
import { transformSync } from "esbuild";
import { expect, test } from "vitest";
import type { AnyTask } from "./define-tasks.js";
import { compileTask, sourceOf } from "./function-source.js";

type Told = (log: string[]) => unknown;

/** Calls it, and tells in which order what happened, and how it ended. */
async function toldBy(task: Told): Promise<unknown[]> {
  const log: string[] = [];
  try {
    log.push(`gave ${String(await task(log))}`);
  } catch (error) {
    log.push(chainOf(error));
  }
  return log;
}

function chainOf(error: unknown): string {
  const { name, message, suppressed, error: later } = error as Error & Record<string, unknown>;
  if (suppressed === undefined) return name === "Error" ? message : name;
  return `${name}: ${chainOf(later)} over ${chainOf(suppressed)}`;
}

/** What a function does with all that the compiler made around it, and what it does when its text was sent alone. */
function both(lowered: string): Record<"whole" | "sent", Told> {
  const whole = runInThisContext(`(() => { ${lowered}; return task; })()`) as Told;
  const sent = compileTask(sourceOf(whole as AnyTask), "task") as unknown as Told;
  return { whole, sent };
}

const lowerByEsbuild = (text: string): string => transformSync(text, { target: "es2022" }).code;

const RESOURCES = `
  const sync = (name, fails) => ({
    [Symbol.dispose]() { log.push(name); if (fails) throw new Error(name + " failed"); },
  });
  const later = (name, fails) => ({
    async [Symbol.asyncDispose]() { await null; log.push(name); if (fails) throw new Error(name + " failed"); },
  });`;

test.each<[string, string, string]>([
  [
    "in the order that is the reverse of their making",
    "",
    "using a = sync('a'); using b = sync('b'); return 1;",
  ],
  ["also after an error", "", "using a = sync('a'); using b = sync('b'); throw new Error('body');"],
  ["also if one fails", "", "using a = sync('a'); using b = sync('b', true); return 1;"],
  [
    "and no error is lost",
    "",
    "using a = sync('a', true); using b = sync('b', true); throw new Error('body');",
  ],
  ["and none is not ended", "", "using a = null; using b = undefined; return 1;"],
  ["and what can't be is refused", "", "using a = sync('a'); using b = {}; return 1;"],
  [
    "one after the other",
    "async",
    "await using a = later('a'); await using b = later('b'); return 1;",
  ],
  [
    "of both kinds",
    "async",
    "using a = sync('a'); await using b = later('b'); await using c = sync('c'); return 1;",
  ],
  [
    "and an error that comes later is not lost",
    "async",
    "await using a = later('a', true); using b = sync('b', true); throw new Error('body');",
  ],
])("what a sent function uses is ended %s", async (_, kind, body) => {
  const { whole, sent } = both(
    lowerByEsbuild(`const task = ${kind} (log) => { ${RESOURCES}\n${body} };`),
  );
  const told = await toldBy(whole);
  expect(told.length).toBeGreaterThan(0);
  expect(await toldBy(sent)).toEqual(told);
});

test("tsc's way to end what is used is known too", async () => {
  const text = `(log) => { ${RESOURCES}
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
      const a = __addDisposableResource(env_1, sync("a"), false);
      const b = __addDisposableResource(env_1, sync("b", true), false);
      throw new Error("body");
    }
    catch (e_1) { env_1.error = e_1; env_1.hasError = true; }
    finally { __disposeResources(env_1); }
  }`;
  const sent = compileTask(text, "task") as unknown as Told;
  expect(await toldBy(sent)).toEqual(["b", "a", "SuppressedError: b failed over body"]);
});

test("tsc's way to await the end of what is used is known too", async () => {
  const text = `async (log) => { ${RESOURCES}
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
      const a = __addDisposableResource(env_1, later("a"), true);
      const b = __addDisposableResource(env_1, sync("b"), false);
      return "all";
    }
    catch (e_1) { env_1.error = e_1; env_1.hasError = true; }
    finally { const result_1 = __disposeResources(env_1); if (result_1) await result_1; }
  }`;
  const sent = compileTask(text, "task") as unknown as Told;
  expect(await toldBy(sent)).toEqual(["b", "a", "gave all"]);
});
