import { attempt } from "./attempt.js";
import { unpackBytes } from "./bytes.js";
import { defineOwn } from "./define-own.js";
import { makeError } from "./make-error.js";
import type { PackedField, PackedRecord, PackedValue } from "./packed-error.js";

// `Date` is behind the one door, for it is a clock. Here it is only a kind of value, told by its time.
const DateOf = Reflect.get(globalThis, "Date") as new (ms: number) => object;

/**
 * One run of `unpackError`. It throws at whatever `packError` cannot have made.
 *
 * Invariant: whatever the records say, nothing is written but own fields of objects that were made here.
 */
export class Unpacking {
  readonly #records: readonly PackedRecord[];
  readonly #made: unknown[];

  constructor(records: readonly PackedRecord[]) {
    this.#records = records;
    this.#made = [];
  }

  /** First all objects, empty, then what is in them: so records may point at each other in a ring. */
  unpack(thrown: PackedValue): unknown {
    for (const record of this.#records) this.#made.push(this.#make(record));
    for (const [at, record] of this.#records.entries()) this.#fill(this.#made[at], record);
    return this.#value(thrown);
  }

  #make(record: PackedRecord): unknown {
    switch (record.kind) {
      case "error":
        return makeError(record.classes, record.fields);
      case "object":
        return {};
      case "array":
        return [];
      case "map":
        return new Map();
      case "set":
        return new Set();
      case "date":
        return new DateOf(this.#value(record.ms) as number);
      case "regexp":
        return new RegExp(record.source, record.flags);
      case "bytes":
        return unpackBytes(record.type, record.base64);
      case "boxed":
        return Object(this.#value(record.value));
      case "text":
        return record.text;
      default:
        throw unreadable(record);
    }
  }

  #fill(made: unknown, record: PackedRecord): void {
    switch (record.kind) {
      case "error":
        for (const field of record.fields) this.#errorField(made as Error, field);
        break;
      case "object":
        this.#fields(made as object, record.fields);
        break;
      case "array":
        for (const item of record.items) {
          const array = made as unknown[];
          if (isHole(item)) array.length += 1;
          else array.push(this.#value(item));
        }
        this.#fields(made as object, record.fields);
        break;
      case "map":
        for (const [key, value] of record.entries)
          (made as Map<unknown, unknown>).set(this.#value(key), this.#value(value));
        break;
      case "set":
        for (const item of record.items) (made as Set<unknown>).add(this.#value(item));
        break;
      case "date":
      case "regexp":
      case "bytes":
      case "boxed":
      case "text":
        break;
    }
  }

  #fields(holder: object, fields: readonly PackedField[]): void {
    for (const [key, packed, kind] of fields) {
      defineOwn(holder, key, this.#value(packed), kind === undefined);
    }
  }

  #errorField(error: Error, [key, packed, kind]: PackedField): void {
    const value = this.#value(packed);
    // The class gives it here too, most of the time.
    if (
      kind === "inherited" &&
      Object.is(
        attempt(() => Reflect.get(error, key)),
        value,
      )
    )
      return;
    defineOwn(error, key, value, kind === undefined);
  }

  #value(packed: PackedValue): unknown {
    if (typeof packed !== "object" || packed === null) return packed;
    switch (packed[0]) {
      case "undefined":
      case "hole":
        return undefined;
      case "number":
        return Number(packed[1]);
      case "bigint":
        return unpackBigint(packed[1]);
      case "record":
        return this.#at(packed[1]);
      default:
        throw unreadable(packed);
    }
  }

  #at(place: number): unknown {
    if (!Number.isInteger(place) || place < 0 || place >= this.#made.length)
      throw unreadable(place);
    return this.#made[place];
  }
}

function isHole(packed: PackedValue): boolean {
  return Array.isArray(packed) && packed[0] === "hole";
}

function unpackBigint(hex: string): bigint {
  return hex.startsWith("-") ? -BigInt(`0x${hex.slice(1)}`) : BigInt(`0x${hex}`);
}

function unreadable(part: unknown): TypeError {
  return new TypeError(`not made by packError: ${String(part)}`);
}
