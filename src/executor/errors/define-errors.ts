import { requireThat } from "../../core/index.js";
import { addErrorClass, errorClassOf, type ErrorClass } from "./error-classes.js";

/**
 * Lets errors of your own classes come back from threads and processes as instances of these classes.
 *
 * Call it in a module that both sides import, such as the one that defines the tasks. Across the
 * boundary an error is rebuilt from its own fields: the constructor is not called, and `#private` fields
 * are not there. On a side that does not know the class, the error is one of the nearest class above
 * it that is known, with the same name, message, `code` and fields.
 *
 * JavaScript's own errors, `DOMException` and those of weftwork are known from the start. To name the
 * same class again does nothing.
 *
 * Errors: `TypeError` if a value is not a class of errors, or if its name belongs to another class; then
 * none of `classes` is registered.
 *
 * @example
 * class OutOfStock extends Error {
 *   override name = "OutOfStock";
 *   readonly sku: string;
 *   constructor(sku: string) {
 *     super(`${sku} is out of stock`);
 *     this.sku = sku;
 *   }
 * }
 * defineErrors({ OutOfStock });
 *
 * try {
 *   defineErrors({ OutOfStock: class extends Error {} });
 * } catch (error) {
 *   console.log(String(error));
 * }
 * // prints:
 * // TypeError: classes.OutOfStock must be the class that already has this name, got [object Function]
 */
export function defineErrors(classes: Record<string, ErrorClass>): void {
  const holds = typeof classes === "object" && classes !== null && !Array.isArray(classes);
  requireThat(holds, "classes", "an object of error classes", classes);
  const entries = Object.entries(classes);
  for (const [name, type] of entries) {
    requireThat(isErrorClass(type), `classes.${name}`, "a class that extends Error", type);
    const known = errorClassOf(name) ?? type;
    requireThat(known === type, `classes.${name}`, "the class that already has this name", type);
  }
  for (const [name, type] of entries) addErrorClass(name, type);
}

function isErrorClass(value: unknown): value is ErrorClass {
  return typeof value === "function" && (value === Error || value.prototype instanceof Error);
}
