import { copyOf } from "../../shared/travel.js";
import { bytesClassOf, bytesOf, copyAs } from "./bytes.js";
import { isPlain } from "./plain.js";

/**
 * The inputs or outputs of a chunk, sent in one message. Each is a value by itself: two that hold the same
 * object arrive with an object each, as they would in two messages.
 */
export class Items {
  readonly values: readonly unknown[];

  constructor(values: readonly unknown[]) {
    this.values = values;
  }

  /** How they can travel: as words, as doubles, as JSON, or by a clone of each. */
  get shape(): "integers" | "doubles" | "json" | "clones" {
    const { values } = this;
    let shape: "integers" | "doubles" | "json" = "integers";
    for (const value of values) {
      if (typeof value === "number") {
        if (shape === "integers" && ((value | 0) !== value || Object.is(value, -0)))
          shape = "doubles";
      } else return allPlain(values) ? "json" : "clones";
    }
    return shape;
  }

  /** Clones that share nothing with each other. */
  separate(): unknown[] {
    return this.values.map((value) => {
      if (Object(value) !== value) return value;
      const bytesClass = bytesClassOf(value as object);
      // As if it were sent by itself.
      return bytesClass < 0 ? copyOf(value) : copyAs(bytesClass, bytesOf(value as object));
    });
  }
}

function allPlain(values: readonly unknown[]): boolean {
  return values.every((value) => {
    if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
    if (typeof value === "object") return value === null || isPlain(value);
    return typeof value === "string" || typeof value === "boolean";
  });
}
