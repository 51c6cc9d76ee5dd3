import { deserialize, serialize } from "node:v8";
import { messageOf } from "../../../core/index.js";
import { Items, isPlain } from "../../wire/index.js";
import { malformed, parseJson } from "./shape.js";

/*
 * A value is a text that opens with a letter, which says how the rest is to be read:
 *
 *   u        undefined
 *   s...     this string
 *   j...     JSON, for what JSON gives back exactly as a structured clone would
 *   v...     a structured clone, as base64
 *
 * Neither JSON nor a structured clone makes anything but data: no code, no classes, and a key `__proto__` is
 * an own key like others. The lengths in a clone are held against the bytes that are there before memory is
 * taken for them.
 */

/** Throws what `serialize` throws if `value` can't be cloned. */
export function packValue(value: unknown): string {
  switch (typeof value) {
    case "undefined":
      return "u";
    case "string":
      return `s${value}`;
    case "boolean":
      return value ? "jtrue" : "jfalse";
    case "number":
      if (Number.isFinite(value) && !Object.is(value, -0)) return `j${value}`;
      break;
    case "object":
      if (value === null || isPlain(value)) return `j${JSON.stringify(value)}`;
      break;
    case "bigint":
    case "function":
    case "symbol":
      break;
  }
  return `v${cloned(value)}`;
}

/** The inputs or outputs of a chunk: values that share nothing with each other. */
export function packValues(values: readonly unknown[]): string {
  const items = new Items(values);
  switch (items.shape) {
    case "integers":
    case "json":
      return `j${JSON.stringify(values)}`;
    case "doubles":
      if (values.every((value) => Number.isFinite(value) && !Object.is(value, -0)))
        return `j${JSON.stringify(values)}`;
      break;
    case "clones":
      break;
  }
  return `v${cloned(items.separate())}`;
}

export function unpackValue(packed: unknown): unknown {
  if (typeof packed !== "string") throw malformed("a value is no text");
  switch (packed.charAt(0)) {
    case "u":
      return undefined;
    case "s":
      return packed.slice(1);
    case "j":
      return parseJson(packed.slice(1), "a value");
    case "v":
      return revived(packed.slice(1));
    default:
      throw malformed(`a value opens with ${JSON.stringify(packed.charAt(0))}`);
  }
}

export function unpackValues(packed: unknown): unknown[] {
  const values = unpackValue(packed);
  if (!Array.isArray(values)) throw malformed("a chunk is no array");
  return values;
}

function cloned(value: unknown): string {
  return serialize(value).toString("base64");
}

function revived(base64: string): unknown {
  try {
    // A copy of its own: what it gives may be a view of these very bytes.
    return deserialize(Buffer.from(Uint8Array.from(Buffer.from(base64, "base64")).buffer));
  } catch (error) {
    throw malformed(`a clone: ${messageOf(error)}`);
  }
}
