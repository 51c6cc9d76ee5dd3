import { types } from "./node-util.js";
import { packBytes } from "./bytes.js";
import type { PackedRecord, PackedValue } from "./packed-error.js";
import type { Packing } from "./packing.js";

/** True for objects that hold no others. */
export function isFlat(value: object): boolean {
  return (
    types.isDate(value) ||
    types.isRegExp(value) ||
    types.isBoxedPrimitive(value) ||
    types.isAnyArrayBuffer(value) ||
    ArrayBuffer.isView(value)
  );
}

/** Undefined if it is too big, or cannot be cloned everywhere. */
export function packFlat(value: object, packing: Packing): PackedRecord | undefined {
  if (types.isDate(value)) return { kind: "date", ms: packNumber(value.getTime()) };
  if (types.isRegExp(value)) return { kind: "regexp", source: value.source, flags: value.flags };
  if (types.isSymbolObject(value)) return undefined;
  if (types.isBoxedPrimitive(value))
    return { kind: "boxed", value: packing.value(value.valueOf()) };
  const { byteLength } = value as ArrayBuffer | NodeJS.ArrayBufferView;
  if (!packing.budget.hasRoomFor(byteLength * 2)) return undefined;
  const bytes = packBytes(value as ArrayBuffer | NodeJS.ArrayBufferView);
  if (bytes !== undefined) packing.budget.takeText(bytes.base64);
  return bytes === undefined ? undefined : { kind: "bytes", ...bytes };
}

/** JSON has no word for some numbers. */
export function packNumber(value: number): PackedValue {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  if (Number.isNaN(value)) return ["number", "NaN"];
  if (value === 0) return ["number", "-0"];
  return ["number", value > 0 ? "Infinity" : "-Infinity"];
}
