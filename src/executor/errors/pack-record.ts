import { types } from "./node-util.js";
import { messageOf } from "../../core/index.js";
import { attempt } from "./attempt.js";
import { prototypesOf } from "./prototypes-of.js";
import { classNamesOf } from "./error-classes.js";
import { isFlat, packFlat } from "./pack-flat.js";
import type { PackedField, PackedRecord, PackedValue } from "./packed-error.js";
import type { Packing } from "./packing.js";

/** What belongs to an error wherever it stands: on the error itself, or on its class. */
const ESSENTIAL: readonly string[] = ["name", "message", "stack", "code", "cause", "errors"];

/** Undefined for what cannot be cloned; it may throw too, since it runs foreign getters. */
export function packRecord(value: object, packing: Packing): PackedRecord | undefined {
  if (typeof value === "function" || types.isProxy(value)) return undefined;
  const prototypes = prototypesOf(value);
  if (types.isNativeError(value) || prototypes.includes(Error.prototype)) {
    return packErrorRecord(value, prototypes, packing);
  }
  if (Array.isArray(value)) return packArray(value, packing);
  if (types.isMap(value)) return packMap(value, packing);
  if (types.isSet(value)) return packSet(value, packing);
  if (isFlat(value)) return packFlat(value, packing);
  return packObject(value, prototypes, packing);
}

function packErrorRecord(
  error: object,
  prototypes: readonly object[],
  packing: Packing,
): PackedRecord {
  const inherited: PackedField[] = [];
  for (const key of ESSENTIAL) {
    if (Object.hasOwn(error, key)) continue;
    const value = attempt(() => Reflect.get(error, key) as unknown);
    if (value !== undefined) inherited.push([key, packing.value(value), "inherited"]);
  }
  const keys = Reflect.ownKeys(error).filter((key) => typeof key === "string");
  const fields = [...inherited, ...packFields(error, keys, packing)];
  return { kind: "error", classes: classNamesOf(error, prototypes), fields };
}

/**
 * An instance of a class is carried as structured clone does it, by its fields and without its class. But
 * one that keeps its state elsewhere (in `#private` fields, under symbols, in the platform: a URL, a
 * socket, a promise) would arrive as a ruin, and a text about it says more.
 */
function packObject(
  value: object,
  prototypes: readonly object[],
  packing: Packing,
): PackedRecord | undefined {
  const keys = Object.keys(value);
  const isInstance = prototypes.length > 1;
  if (isInstance && (keys.length === 0 || Object.getOwnPropertySymbols(value).length > 0)) {
    return undefined;
  }
  return { kind: "object", fields: packFields(value, keys, packing) };
}

function packArray(array: readonly unknown[], packing: Packing): PackedRecord {
  const items: PackedValue[] = [];
  let holes = 0;
  for (let at = 0; at < array.length; at += 1) {
    if (!packing.budget.takeEntry()) {
      items.push(rest(array.length - at));
      return { kind: "array", items, fields: [] };
    }
    const isHole = !Object.hasOwn(array, at);
    if (isHole) holes += 1;
    items.push(isHole ? ["hole"] : packing.value(fieldOf(array, String(at))));
  }
  const named = Object.keys(array).slice(array.length - holes); // they come after the indexes
  return { kind: "array", items, fields: packFields(array, named, packing) };
}

function packMap(map: ReadonlyMap<unknown, unknown>, packing: Packing): PackedRecord {
  const entries: [PackedValue, PackedValue][] = [];
  for (const [key, value] of Map.prototype.entries.call(map)) {
    if (!packing.budget.takeEntry()) {
      entries.push([rest(map.size - entries.length), null]);
      break;
    }
    entries.push([packing.value(key), packing.value(value)]);
  }
  return { kind: "map", entries };
}

function packSet(set: ReadonlySet<unknown>, packing: Packing): PackedRecord {
  const items: PackedValue[] = [];
  for (const value of Set.prototype.values.call(set)) {
    if (!packing.budget.takeEntry()) {
      items.push(rest(set.size - items.length));
      break;
    }
    items.push(packing.value(value));
  }
  return { kind: "set", items };
}

function packFields(holder: object, keys: readonly string[], packing: Packing): PackedField[] {
  const fields: PackedField[] = [];
  for (const key of keys) {
    if (!packing.budget.takeEntry()) {
      fields.push([rest(keys.length - fields.length), null]);
      break;
    }
    const name = packing.budget.takeText(key);
    const value = packing.value(fieldOf(holder, key));
    if (Object.prototype.propertyIsEnumerable.call(holder, key)) fields.push([name, value]);
    else fields.push([name, value, "hidden"]);
  }
  return fields;
}

function fieldOf(holder: object, key: string): unknown {
  try {
    return Reflect.get(holder, key);
  } catch (error) {
    return `… threw ${messageOf(error)}`;
  }
}

function rest(count: number): string {
  return `… ${count} more`;
}
