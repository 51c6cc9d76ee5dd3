import { BYTES_CLASSES, type BytesClass } from "../wire/index.js";
import { types } from "./node-util.js";

type Bytes = ArrayBuffer | NodeJS.ArrayBufferView;

const byName = new Map([DataView as BytesClass, ...BYTES_CLASSES].map((type) => [type.name, type]));

const TypedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;

/**
 * The bytes of a buffer or view, and what they are a view of. As base64 and not as a view, so that they
 * are JSON; undefined for shared memory, which a process could not share, and for kinds that not every
 * supported Node knows.
 */
export function packBytes(value: Bytes): { type: string; base64: string } | undefined {
  if (types.isArrayBuffer(value)) {
    return { type: "ArrayBuffer", base64: Buffer.from(value).toString("base64") };
  }
  if (!ArrayBuffer.isView(value)) return undefined;
  const type = types.isDataView(value)
    ? "DataView"
    : String(Reflect.get(TypedArray, Symbol.toStringTag, value));
  if (!byName.has(type)) return undefined;
  const { buffer, byteOffset, byteLength } = value;
  return { type, base64: Buffer.from(buffer, byteOffset, byteLength).toString("base64") };
}

/** Throws if no `type` can be made of these bytes. */
export function unpackBytes(type: string, base64: string): Bytes {
  const bytes = Uint8Array.from(Buffer.from(base64, "base64")); // with a buffer of its own
  if (type === "ArrayBuffer") return bytes.buffer;
  const BytesOf = byName.get(type);
  if (BytesOf === undefined) throw new TypeError(`unknown bytes ${type}`);
  return new BytesOf(bytes.buffer);
}
