/**
 * A thrown value as plain data: records in a table that point at each other by their place, so that
 * cycles and shared objects survive, and nesting of any depth needs no recursion on either side.
 *
 * Invariants:
 *  1. It is JSON, whatever was thrown: every boundary carries it in the same way.
 *  2. No key of it comes from what was thrown: fields are pairs in lists, so `__proto__` is only a string.
 *  3. An object of one identity has one record.
 */
export interface PackedError {
  readonly thrown: PackedValue;
  readonly records: readonly PackedRecord[];
}

/** What JSON knows stands for itself; all else is a list that opens with what it is. */
export type PackedValue =
  | null
  | boolean
  | number
  | string
  | readonly ["undefined"]
  | readonly ["hole"]
  | readonly ["number", "NaN" | "Infinity" | "-Infinity" | "-0"]
  | readonly ["bigint", string]
  | readonly ["record", number];

/**
 * A key and its value: an enumerable own field; with `hidden`, one that is not enumerable; with
 * `inherited`, one that the error's class gave and that the class on the other side may not give.
 */
export type PackedField =
  | readonly [key: string, value: PackedValue]
  | readonly [key: string, value: PackedValue, kind: "hidden" | "inherited"];

export type PackedRecord =
  /** `classes` are the known classes on its prototype chain, the nearest first. */
  | {
      readonly kind: "error";
      readonly classes: readonly string[];
      readonly fields: readonly PackedField[];
    }
  | { readonly kind: "object"; readonly fields: readonly PackedField[] }
  | {
      readonly kind: "array";
      readonly items: readonly PackedValue[];
      readonly fields: readonly PackedField[];
    }
  | { readonly kind: "map"; readonly entries: readonly (readonly [PackedValue, PackedValue])[] }
  | { readonly kind: "set"; readonly items: readonly PackedValue[] }
  | { readonly kind: "date"; readonly ms: PackedValue }
  | { readonly kind: "regexp"; readonly source: string; readonly flags: string }
  | { readonly kind: "bytes"; readonly type: string; readonly base64: string }
  | { readonly kind: "boxed"; readonly value: PackedValue }
  /** Something that cannot be cloned, described. */
  | { readonly kind: "text"; readonly text: string };
