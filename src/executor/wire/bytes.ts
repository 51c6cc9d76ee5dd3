import { copyOf } from "../../shared/copy-bytes.js";

const { isArrayBuffer } = process.getBuiltinModule("node:util").types;

// What the engine knows of a value, whatever stands in its own fields.
const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const ofView = (key: "buffer" | "byteOffset" | "byteLength" | symbol, view: object): unknown =>
  Reflect.get(typedArray, key, view);
const ofBuffer = (key: "byteLength" | "resizable", buffer: object): unknown =>
  Reflect.get(ArrayBuffer.prototype, key, buffer);

/** Makes such a value of its bytes. */
export type BytesClass = new (
  buffer: ArrayBuffer,
) => ArrayBuffer | NodeJS.ArrayBufferView<ArrayBuffer>;

/** What bytes can be. A frame names one of these by its place. */
export const BYTES_CLASSES: readonly BytesClass[] = [
  ArrayBuffer, // never made with it: the buffer is the value
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
];

const NAMES: readonly string[] = BYTES_CLASSES.map(({ name }) => name);

/**
 * Which of {@link BYTES_CLASSES} the value is; -1 if none. A `Buffer` is a `Uint8Array`, as for a clone. What may change
 * its length, or has none left (it may have been moved away), is left to the clone.
 */
export function bytesClassOf(value: object): number {
  if (isFixed(value)) return 0;
  const bytesClass = ArrayBuffer.isView(value)
    ? NAMES.indexOf(ofView(Symbol.toStringTag, value) as string) // undefined for a DataView
    : -1;
  if (bytesClass < 0 || !isFixed(ofView("buffer", value) as object)) return -1;
  return ofView("byteLength", value) === 0 ? -1 : bytesClass;
}

function isFixed(buffer: object): boolean {
  return (
    isArrayBuffer(buffer) &&
    ofBuffer("byteLength", buffer) !== 0 &&
    ofBuffer("resizable", buffer) !== true
  );
}

/** The bytes of a value that has a class; of a view not the rest of its buffer. */
export function bytesOf(value: object): Uint8Array<ArrayBuffer> {
  if (!ArrayBuffer.isView(value)) return new Uint8Array(value as ArrayBuffer);
  const [buffer, start, length] = [
    ofView("buffer", value) as ArrayBuffer,
    ofView("byteOffset", value) as number,
    ofView("byteLength", value) as number,
  ];
  return new Uint8Array(buffer, start, length);
}

/** True if they are all of their buffer. */
export function isWhole(bytes: Uint8Array): boolean {
  return bytes.byteLength === bytes.buffer.byteLength;
}

/** Makes a value of this class of a copy of the bytes. */
export function copyAs(bytesClass: number, bytes: Uint8Array): ArrayBuffer | ArrayBufferView {
  const copy = copyOf(bytes);
  const Class = BYTES_CLASSES[bytesClass] as BytesClass;
  if (bytesClass === 0) return copy.buffer;
  return bytesClass === 1 ? copy : new Class(copy.buffer);
}
