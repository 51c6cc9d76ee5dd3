import { copyOf } from "../../shared/copy-bytes.js";

const { isArrayBuffer } = process.getBuiltinModule("node:util").types;

/** Knows the class of a typed array, whatever stands in its own fields. */
const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;

/** What bytes can be: a frame names one of these by its place. Kept whole by both sides, as the kinds of frames are. */
const CLASSES = [
  ArrayBuffer,
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
] as const;

const NAMES: readonly string[] = CLASSES.map(({ name }) => name);

/**
 * Which of {@link CLASSES} the value is; -1 if none. A `Buffer` is a `Uint8Array`, as for a clone. What may change
 * its length, or has none left (it may have been moved away), is left to the clone.
 */
export function bytesClassOf(value: object): number {
  if (!ArrayBuffer.isView(value)) return isFixed(value) ? 0 : -1;
  if (!isFixed(value.buffer) || value.byteLength === 0) return -1;
  const name: unknown = Reflect.get(typedArray, Symbol.toStringTag, value);
  return NAMES.indexOf(name as string);
}

function isFixed(buffer: object): buffer is ArrayBuffer {
  if (!isArrayBuffer(buffer) || buffer.byteLength === 0) return false;
  return !(buffer as { readonly resizable?: boolean }).resizable; // unknown to TypeScript's ES2023
}

/** The bytes of such a value itself: of a view not the rest of its buffer. */
export function bytesOf(value: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
}

/** Makes a value of this class of a copy of the bytes. */
export function copyAs(bytesClass: number, bytes: Uint8Array): ArrayBuffer | ArrayBufferView {
  const copy = copyOf(bytes);
  const Class = CLASSES[bytesClass] as Uint8ArrayConstructor;
  if (bytesClass === 0) return copy.buffer;
  return bytesClass === 1 ? copy : new Class(copy.buffer);
}
