import { errorClassOf, type ErrorClass } from "./error-classes.js";
import type { PackedField } from "./packed-error.js";

/** A native error of the first of `classes` that is known here. The constructor of that class is not called. */
export function makeError(classes: readonly string[], fields: readonly PackedField[]): Error {
  const known = classes.map((name) => errorClassOf(name));
  const type = known.find((type) => type !== undefined) ?? Error;
  const error = isDOMException(type)
    ? // Its name and message are out of reach once it is made.
      Reflect.construct(DOMException, [textOf("message", fields), textOf("name", fields)], type)
    : Reflect.construct(Error, [], type);
  // It leads to this line. To define another over it would format it first, which takes time and calls
  // the program's `Error.prepareStackTrace`.
  Reflect.deleteProperty(error, "stack");
  return error as Error;
}

function isDOMException(type: ErrorClass): boolean {
  return (type as unknown) === DOMException || type.prototype instanceof DOMException;
}

function textOf(key: string, fields: readonly PackedField[]): string | undefined {
  const value = fields.find((field) => field[0] === key)?.[1];
  return typeof value === "string" ? value : undefined;
}
