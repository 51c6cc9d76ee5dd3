import { ConcurrencyError } from "../../core/index.js";
import type { AnyTask } from "./define-tasks.js";
import { disposalHelpers } from "./disposal-helpers.js";
import { withImports } from "./with-imports.js";

/** The text of `task`, to be compiled elsewhere. Throws `NOT_SELF_CONTAINED` if it has none. */
export function sourceOf(task: AnyTask): string {
  const source = Function.prototype.toString.call(task);
  const unusable = /\{\s*\[native code\]\s*\}\s*$/.test(source)
    ? "is native or bound"
    : /^class[\s{]/.test(source)
      ? "is a class"
      : undefined;
  if (unusable === undefined) return source;
  throw new ConcurrencyError(
    "NOT_SELF_CONTAINED",
    `the task "${task.name}" ${unusable} and has no text to send to a worker: wrap it in a function, ${CURE}`,
  );
}

/** Compiles what {@link sourceOf} gave. */
export function compileTask(source: string, name: string): AnyTask {
  const { compileFunction } = process.getBuiltinModule("node:vm");
  const injected = helpersIn(source);
  const helpers = injected.map((helper) => HELPERS[helper] ?? new Proxy(noop, counters));
  // What a test runner writes for import().
  const own = source.includes(VITE_IMPORT)
    ? `const ${VITE_IMPORT} = (specifier) => import(specifier); `
    : "";
  let failure: unknown;
  // A method's text, `fib(n) { ... }`, is no expression by itself; in an object it is one.
  for (const text of [`(${source}\n)`, `Object.values({ ${source}\n})[0]`]) {
    try {
      const make = compileFunction(`"use strict"; ${own}return ${text};`, injected, {
        filename: `${name || "task"} (sent by its source text)`,
        ...(/\bimport\s*\(/.test(own + source) && withImports()),
      });
      return (make as (...helpers: unknown[]) => AnyTask)(...helpers);
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

/** Says what a task that was sent by its text lacks, if that is why it failed with `error`. */
export function explainOutside(error: unknown, name: string, source: string): unknown {
  const variable = missingIn(error, source);
  if (variable === undefined || !source.includes(variable)) return error;
  // Nobody writes such a name: who reads of it looks in vain for it in the source.
  const made = /^(?:__|_usingCtx)/.test(variable) ? " (a compiler put it there)" : "";
  return new ConcurrencyError(
    "NOT_SELF_CONTAINED",
    `the task "${name}" uses "${variable}"${made}, which is outside it: a function that no defineTasks names is ` +
      `sent by its source text alone. Bring "${variable}" in by its input or by import() inside it, ${CURE}`,
    { cause: error },
  );
}

/** The variable for want of which a function with this text failed. */
function missingIn(error: unknown, source: string): string | undefined {
  if (error instanceof ReferenceError) return /^(\S+) is not defined$/.exec(error.message)?.[1];
  // What Babel and oxc (and so vitest) make of `using` has a `finally` that fails too, and hides the error that has the name.
  if (!(error instanceof TypeError) || !error.message.endsWith("(reading 'd')")) return undefined;
  return /\b_usingCtx\d* = (?:\(0, ?)?([\w$]+)/.exec(source)?.[1];
}

const CURE = "or name the function by defineTasks(import.meta.url, { ... }) in a module of its own";

const VITE_IMPORT = "__vite_ssr_dynamic_import__";

/** Names that compilers and coverage tools put into functions; their own definitions stay behind. */
function helpersIn(source: string): string[] {
  return [...new Set(source.match(INJECTED))];
}

const HELPERS: Readonly<Record<string, (...values: never[]) => unknown>> = {
  ...disposalHelpers,
  __name: <F>(fn: F): F => fn,
};

const INJECTED = new RegExp(`\\b(?:${Object.keys(HELPERS).join("|")}|cov_[a-z0-9]+)\\b`, "g");

function noop(): void {}

/** A counter of a coverage tool: whatever is asked of it, it can be counted up. */
const counters: ProxyHandler<() => void> = {
  get: (_, key) => (key === Symbol.toPrimitive ? () => 0 : new Proxy(noop, counters)),
  apply: () => new Proxy(noop, counters),
  set: () => true,
};
