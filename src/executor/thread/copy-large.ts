import { bytesClassOf, bytesOf, copyAs, isWhole } from "../wire/index.js";

/** From here on memory is what bytes cost, not the way. */
const LARGE_BYTES = 1 << 18;
/** An object with more parts holds data of other kinds. */
const MOST_PARTS = 32;

/** A value in which bytes are copies, and the buffers of these, to be moved. */
export interface Copied {
  readonly value: unknown;
  readonly buffers: ArrayBuffer[];
}

/**
 * Copies large bytes, so that the copies can be moved to the other thread. A clone would copy them twice, and memory
 * would have to be found for both: of a megabyte that takes most of the time. Of a view it would bring all of the buffer.
 *
 * Undefined unless the value is such bytes, or a plain object of whole buffers and of primitives: so flat that nothing
 * can stand in it twice but a buffer.
 */
export function copyLarge(value: unknown): Copied | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const bytesClass = bytesClassOf(value);
  if (bytesClass >= 0) {
    const bytes = bytesOf(value);
    if (bytes.byteLength < LARGE_BYTES && isWhole(bytes)) return undefined;
    const buffers: ArrayBuffer[] = [];
    return { value: copyOf(value, buffers), buffers };
  }
  const prototype = Object.getPrototypeOf(value) as unknown;
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  return Object.keys(value).length > MOST_PARTS ? undefined : copyParts(value);
}

function copyParts(value: object): Copied | undefined {
  const parts = Object.entries(value) as [string, unknown][];
  const objects = parts.map(([, part]) => part).filter(isObject);
  if (!objects.every((part) => bytesClassOf(part) >= 0)) return undefined;
  const bytes = objects.map(bytesOf);
  if (!bytes.every(isWhole) || !bytes.some((part) => part.byteLength >= LARGE_BYTES))
    return undefined;
  if (new Set(bytes.map(({ buffer }) => buffer)).size < bytes.length) return undefined;
  const buffers: ArrayBuffer[] = [];
  const copies = parts.map(([name, part]) => [name, isObject(part) ? copyOf(part, buffers) : part]);
  return { value: Object.fromEntries(copies), buffers };
}

function isObject(part: unknown): part is object {
  return Object(part) === part;
}

function copyOf(value: object, buffers: ArrayBuffer[]): ArrayBuffer | ArrayBufferView {
  const copy = copyAs(bytesClassOf(value), bytesOf(value));
  buffers.push((ArrayBuffer.isView(copy) ? copy.buffer : copy) as ArrayBuffer);
  return copy;
}
