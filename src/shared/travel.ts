import { objectOf } from "./kinds.js";
import { anyKnown, type SharedHandle } from "./registry.js";
import { SharedObject } from "./shared-object.js";

/*
 * How shared objects travel in the values of tasks: as the value itself, or in the plain objects and arrays that it is
 * made of. Elsewhere, in a Map or behind the limits, a clone refuses them (see SharedObject.clone), so none is lost.
 */

/** In place of an object: its handle. */
const KEY = "weftwork:shared";

const DEEPEST = 8;
/** A larger array holds data. */
const MOST_ITEMS = 4096;

/** The value with handles in the place of shared objects, to be unpacked there; the value itself if it has none. */
export function packShared(value: unknown): unknown {
  return anyKnown() ? replace(value, DEEPEST, pack) : value;
}

/** What {@link packShared} was given. */
export function unpackShared(packed: unknown): unknown {
  return replace(packed, DEEPEST + 1, unpack);
}

/** True if {@link packShared} would find something. */
export function holdsShared(value: unknown): boolean {
  return packShared(value) !== value;
}

function pack(part: object): unknown {
  return part instanceof SharedObject ? { [KEY]: part.handle() } : undefined;
}

function unpack(part: object): unknown {
  const handle = Object.hasOwn(part, KEY) ? (part as { [KEY]?: SharedHandle })[KEY] : undefined;
  return handle?.memory instanceof SharedArrayBuffer ? objectOf(handle) : undefined;
}

/** The value with other parts in the place of some; what holds none of them is kept as it is. */
function replace(value: unknown, depth: number, other: (part: object) => unknown): unknown {
  if (typeof value !== "object" || value === null || depth < 0) return value;
  const found = other(value);
  if (found !== undefined) return found;
  const prototype = Object.getPrototypeOf(value) as unknown;
  const isArray = prototype === Array.prototype;
  if (!isArray && prototype !== Object.prototype && prototype !== null) return value;
  const names = isArray && (value as unknown[]).length > MOST_ITEMS ? [] : Object.keys(value);
  let copy: Record<string, unknown> | undefined;
  for (const name of names) {
    const part = (value as Record<string, unknown>)[name];
    const next = replace(part, depth - 1, other);
    if (next === part) continue;
    copy ??= (isArray ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
    copy[name] = next;
  }
  return copy ?? value;
}

/** A structured clone in which shared objects are themselves. Throws as `structuredClone` does. */
export function copyOf(value: unknown): unknown {
  const packed = packShared(value);
  return packed === value ? structuredClone(value) : unpackShared(structuredClone(packed));
}
