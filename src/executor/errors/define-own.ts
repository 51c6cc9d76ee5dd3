/** Gives `holder` a field of its own, by definition: an assignment would call the setter of `__proto__`. */
export function defineOwn(holder: object, key: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(holder, key, { value, enumerable, writable: true, configurable: true });
}
