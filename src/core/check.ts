/** Argument checks at the door of every public call: they throw in the caller's stack, with the value. */

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return "an array";
  const opaque = typeof value === "function" || (typeof value === "object" && value !== null);
  return opaque ? `${typeof value === "object" ? "an" : "a"} ${typeof value}` : String(value);
}

/** Throws unless `holds`: a RangeError for a number that is out of range, else a TypeError. */
function insist(holds: boolean, name: string, wanted: string, value: unknown): void {
  if (holds) return;
  const message = `${name} must be ${wanted}, got ${show(value)}`;
  throw typeof value === "number" ? new RangeError(message) : new TypeError(message);
}

/** Throws unless `value` is an integer of at least `min`; with `orInfinity`, that is allowed too. */
export function requireInteger(name: string, value: number, min: number, orInfinity = false): void {
  const holds = (Number.isSafeInteger(value) && value >= min) || (orInfinity && value === Infinity);
  insist(holds, name, `an integer >= ${min}${orInfinity ? " or Infinity" : ""}`, value);
}

/** Throws unless `value` is a duration or a time in milliseconds: any number but NaN. */
export function requireMs(name: string, value: number): void {
  insist(
    typeof value === "number" && !Number.isNaN(value),
    name,
    "a number of milliseconds",
    value,
  );
}

/** Throws unless `value` is a finite number greater than zero. */
export function requirePositive(name: string, value: number): void {
  insist(Number.isFinite(value) && value > 0, name, "a finite number > 0", value);
}

/** Throws unless `value` can be iterated over. */
export function requireIterable(name: string, value: unknown): void {
  if (typeof (value as Iterable<unknown> | null | undefined)?.[Symbol.iterator] !== "function")
    throw new TypeError(`${name} must be iterable, got ${show(value)}`);
}

/** Throws unless `value` can be called. */
export function requireFunction(name: string, value: unknown): void {
  if (typeof value !== "function")
    throw new TypeError(`${name} must be a function, got ${show(value)}`);
}
