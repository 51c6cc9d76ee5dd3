import { types } from "./node-util.js";
import {
  CancelledError,
  ConcurrencyError,
  TaskGroupError,
  TimeoutError,
} from "../../core/index.js";
import { attempt } from "./attempt.js";

/** A class of errors, abstract ones included; its constructor is never called here. */
export type ErrorClass = abstract new (...args: never[]) => Error;

const NATIVE: Readonly<Record<string, ErrorClass>> = {
  Error,
  TypeError,
  RangeError,
  SyntaxError,
  ReferenceError,
  URIError,
  EvalError,
  AggregateError,
  DOMException,
};
const OURS: Readonly<Record<string, ErrorClass>> = {
  ConcurrencyError,
  CancelledError,
  TimeoutError,
  TaskGroupError,
};

const classes = new Map<string, ErrorClass>();
const names = new Map<object, string>(); // by prototype: `constructor` can be overwritten
for (const [name, type] of Object.entries({ ...NATIVE, ...OURS })) addErrorClass(name, type);

/** The first name of a class stays the one under which it travels; its others are understood too. */
export function addErrorClass(name: string, type: ErrorClass): void {
  classes.set(name, type);
  if (!names.has(type.prototype)) names.set(type.prototype, name);
}

export function errorClassOf(name: string): ErrorClass | undefined {
  return classes.get(name);
}

/**
 * The names of the known classes on a prototype chain, the nearest first. All of them are told, since
 * the other side may know only the farther ones.
 */
export function classNamesOf(error: object, prototypes: readonly object[]): string[] {
  const known = prototypes.map((prototype) => names.get(prototype));
  const found = known.filter((name) => name !== undefined);
  if (found.length > 0 || !types.isNativeError(error)) return found;
  // An error of another realm (`node:vm`, a test runner's sandbox): its classes go by their names.
  return prototypes
    .map((prototype) => attempt(() => (prototype.constructor as { name: unknown }).name))
    .filter((name) => typeof name === "string" && Object.hasOwn(NATIVE, name)) as string[];
}
