/** Beyond this many parts a structured clone is no slower. */
const MOST_PARTS = 256;
const DEEPEST = 16;

let partsLeft = 0;
let seen: object[] = [];

/**
 * True if JSON gives back exactly what a structured clone would: plain objects and arrays of strings, finite
 * numbers, booleans and null, in which no object stands twice. Small ones only; a larger value is said to be
 * none, since to look at it all costs more than is gained.
 */
export function isPlain(value: object): boolean {
  partsLeft = MOST_PARTS;
  try {
    return allPlain(value, 0);
  } catch {
    return false; // a getter threw: let the clone say so
  } finally {
    seen = []; // not to keep it alive
  }
}

function allPlain(value: object, depth: number): boolean {
  if (depth > DEEPEST || seen.includes(value)) return false;
  if ("toJSON" in value) return false; // JSON would ask it, seen or unseen; a clone does not
  seen.push(value);
  if (Array.isArray(value)) return plainArray(value, depth);
  const prototype = Object.getPrototypeOf(value) as unknown;
  if (prototype !== Object.prototype && prototype !== null) return false;
  const keys = Object.keys(value);
  partsLeft -= keys.length;
  if (partsLeft < 0) return false;
  for (const key of keys) {
    if (!plainPart((value as Record<string, unknown>)[key], depth)) return false;
  }
  return true;
}

function plainArray(value: unknown[], depth: number): boolean {
  partsLeft -= value.length;
  if (partsLeft < 0 || Object.getPrototypeOf(value) !== Array.prototype) return false;
  if (Object.keys(value).length !== value.length) return false; // holes, or names beside the numbers
  // Records mostly have as many parts as the first of them: that they are too many is better known at once.
  const [first] = value;
  const partsEach = typeof first === "object" && first !== null ? Object.keys(first).length : 0;
  if (partsEach * value.length > partsLeft) return false;
  for (const part of value) {
    if (!plainPart(part, depth)) return false;
  }
  return true;
}

function plainPart(part: unknown, depth: number): boolean {
  if (typeof part === "number") return Number.isFinite(part) && !Object.is(part, -0);
  if (typeof part === "object") return part === null || allPlain(part, depth + 1);
  return typeof part === "string" || typeof part === "boolean";
}
