import { bytesClassOf, bytesOf, copyAs } from "../wire/index.js";

/** From here on memory is what bytes cost, not the way. */
const LARGE_BYTES = 1 << 18;
/** An object with more parts holds data of other kinds. */
const MOST_PARTS = 32;

type Bytes = ArrayBuffer | ArrayBufferView;

/** A value in which bytes are copies, and the buffers of these, to be moved. */
export interface Copied {
  readonly value: unknown;
  readonly buffers: ArrayBuffer[];
}

/**
 * Copies large bytes, so that the copies can be moved to the other thread. A clone would copy them
 * twice, and memory would have to be found for both: of a megabyte that takes most of the time.
 *
 * Undefined unless the value is such bytes, or a plain object of them and of primitives: so flat that nothing can
 * stand in it twice but a buffer.
 */
export function copyLarge(value: unknown): Copied | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (isBytes(value)) {
    if (value.byteLength < LARGE_BYTES) return undefined;
    const copy = copyOf(value);
    return { value: copy, buffers: [bufferOf(copy)] };
  }
  const prototype = Object.getPrototypeOf(value) as unknown;
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  return Object.keys(value).length > MOST_PARTS ? undefined : copyParts(value);
}

function copyParts(value: object): Copied | undefined {
  const parts = Object.entries(value) as [string, unknown][];
  const bytes = parts.map(([, part]) => part).filter(isObject);
  if (!bytes.every(isBytes) || !bytes.some((part) => part.byteLength >= LARGE_BYTES))
    return undefined;
  if (new Set(bytes.map(bufferOf)).size < bytes.length) return undefined;
  const buffers: ArrayBuffer[] = [];
  const copies = parts.map(([name, part]) => {
    if (!isObject(part)) return [name, part];
    const copy = copyOf(part as Bytes);
    buffers.push(bufferOf(copy));
    return [name, copy];
  });
  return { value: Object.fromEntries(copies), buffers };
}

function isObject(part: unknown): part is object {
  return Object(part) === part;
}

function isBytes(value: object): value is Bytes {
  return bytesClassOf(value) >= 0;
}

function copyOf(value: Bytes): Bytes {
  return copyAs(bytesClassOf(value), bytesOf(value));
}

function bufferOf(value: Bytes): ArrayBuffer {
  return (ArrayBuffer.isView(value) ? value.buffer : value) as ArrayBuffer;
}
