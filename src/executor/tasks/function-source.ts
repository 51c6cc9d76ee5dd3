import { ConcurrencyError } from "../../core/index.js";
import type { AnyTask } from "./define-tasks.js";
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
  const helpers = injected.map((helper) =>
    helper === "__name" ? keepName : new Proxy(noop, counters),
  );
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
  if (!(error instanceof ReferenceError)) return error;
  const variable = /^(\S+) is not defined$/.exec(error.message)?.[1];
  if (variable === undefined || !source.includes(variable)) return error;
  return new ConcurrencyError(
    "NOT_SELF_CONTAINED",
    `the task "${name}" uses "${variable}", which is outside it: a function that no defineTasks names is ` +
      `sent by its source text alone. Bring "${variable}" in by its input or by import() inside it, ${CURE}`,
    { cause: error },
  );
}

const CURE = "or name the function by defineTasks(import.meta.url, { ... }) in a module of its own";

const VITE_IMPORT = "__vite_ssr_dynamic_import__";

/** Names that compilers and coverage tools put into functions; their own definitions stay behind. */
function helpersIn(source: string): string[] {
  return [...new Set(source.match(/\b(?:__name|cov_[a-z0-9]+)\b/g))];
}

function keepName<F>(fn: F): F {
  return fn;
}

function noop(): void {}

/** A counter of a coverage tool: whatever is asked of it, it can be counted up. */
const counters: ProxyHandler<() => void> = {
  get: (_, key) => (key === Symbol.toPrimitive ? () => 0 : new Proxy(noop, counters)),
  apply: () => new Proxy(noop, counters),
  set: () => true,
};
