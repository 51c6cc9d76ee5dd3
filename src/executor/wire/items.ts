import { copyOf } from "../../shared/travel.js";
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
    return this.values.map((value) => (Object(value) === value ? copyOf(value) : value));
  }
}

function allPlain(values: readonly unknown[]): boolean {
  return values.every((value) => {
    if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
    if (typeof value === "object") return value === null || isPlain(value);
    return typeof value === "string" || typeof value === "boolean";
  });
}
