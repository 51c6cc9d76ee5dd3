import { attempt } from "./attempt.js";
import { Budget } from "./budget.js";
import { describe } from "./describe.js";
import { packNumber } from "./pack-flat.js";
import { packRecord } from "./pack-record.js";
import type { PackedError, PackedRecord, PackedValue } from "./packed-error.js";
import type { Packing } from "./packing.js";

/**
 * Describes whatever was thrown as plain data, from which `unpackError` rebuilds it elsewhere.
 *
 * It never throws. What structured clone would carry is carried; what it would refuse (functions,
 * symbols, proxies, getters that throw, objects with hidden state) becomes a text about it, and so does
 * what is beyond the {@link Budget}.
 */
export function packError(thrown: unknown): PackedError {
  return attempt(() => new Packer().pack(thrown)) ?? { thrown: "unprintable", records: [] };
}

/** One run of {@link packError}. */
class Packer implements Packing {
  readonly budget: Budget = new Budget();
  readonly #objects: object[] = []; // each at the place of its record
  readonly #places = new Map<object, PackedValue>();

  pack(thrown: unknown): PackedError {
    const packed = this.value(thrown);
    const records: PackedRecord[] = [];
    // Objects join the list while others are packed: the nearest come first, and nothing recurses.
    for (let at = 0; at < this.#objects.length; at += 1) records.push(this.#record(at));
    return { thrown: packed, records };
  }

  value(value: unknown): PackedValue {
    switch (typeof value) {
      case "string":
        return this.budget.takeText(value);
      case "boolean":
        return value;
      case "number":
        return packNumber(value);
      case "bigint":
        return this.#bigint(value);
      case "undefined":
        return ["undefined"];
      case "object":
      case "function":
        return value === null ? null : this.#reference(value);
      case "symbol":
      default:
        return this.budget.takeText(describe(value));
    }
  }

  #bigint(value: bigint): PackedValue {
    const digits = value.toString(16); // in base 10, time would grow faster than length
    const fits = this.budget.hasRoomFor(digits.length);
    const text = this.budget.takeText(digits);
    return fits ? ["bigint", text] : text;
  }

  #reference(value: object): PackedValue {
    const known = this.#places.get(value);
    if (known !== undefined) return known;
    const place = ["record", this.#objects.length] as const;
    this.#objects.push(value);
    this.#places.set(value, place);
    return place;
  }

  #record(at: number): PackedRecord {
    if (this.budget.spent) return { kind: "text", text: "… not carried: too much" };
    const value = this.#objects[at]!;
    const record = attempt(() => packRecord(value, this));
    return record ?? { kind: "text", text: this.budget.takeText(describe(value)) };
  }
}
