/** Argument checks at the door of every public call: they throw in the caller's stack, with the value. */

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return Object(value) === value ? Object.prototype.toString.call(value) : String(value);
}

/** Throws a TypeError unless `holds`: `name` must be `wanted`, got `value`. */
export function requireThat(holds: boolean, name: string, wanted: string, value: unknown): void {
  if (!holds) throw new TypeError(`${name} must be ${wanted}, got ${show(value)}`);
}

/** The same for numbers: one that is out of range is a RangeError. */
function requireNumber(holds: boolean, name: string, wanted: string, value: unknown): void {
  if (!holds && typeof value === "number")
    throw new RangeError(`${name} must be ${wanted}, got ${value}`);
  requireThat(holds, name, wanted, value);
}

/** Throws unless `value` is an integer of at least `min`; with `orInfinity`, that is allowed too. */
export function requireInteger(name: string, value: number, min: number, orInfinity = false): void {
  const holds = (Number.isSafeInteger(value) && value >= min) || (orInfinity && value === Infinity);
  requireNumber(holds, name, `an integer >= ${min}${orInfinity ? " or Infinity" : ""}`, value);
}

/** Throws unless `value` is a duration or a time in milliseconds: any number but NaN. */
export function requireMs(name: string, value: number): void {
  const holds = typeof value === "number" && !Number.isNaN(value);
  requireNumber(holds, name, "a number of milliseconds", value);
}

/** Throws unless `value` is a finite number greater than zero. */
export function requirePositive(name: string, value: number): void {
  requireNumber(Number.isFinite(value) && value > 0, name, "a finite number > 0", value);
}

/** Throws unless `value` can be iterated over. */
export function requireIterable(name: string, value: unknown): void {
  const holds = typeof (value as Iterable<unknown> | null | undefined)?.[Symbol.iterator];
  requireThat(holds === "function", name, "iterable", value);
}

/** Throws unless `value` can be called. */
export function requireFunction(name: string, value: unknown): void {
  requireThat(typeof value === "function", name, "a function", value);
}
