import { requireThat } from "../core/index.js";

/** What a field of a {@link SharedStruct} can be. */
export type FieldType = "int32" | "uint32" | "float64" | "bigint64" | "boolean";

export type StructSchema = Readonly<Record<string, FieldType>>;

type ValueOfField<Type extends FieldType> = Type extends "bigint64"
  ? bigint
  : Type extends "boolean"
    ? boolean
    : number;

/** The values of a struct's fields. */
export type StructValues<Schema extends StructSchema> = {
  [Name in keyof Schema]: ValueOfField<Schema[Name]>;
};

/** A field's place among the words of a struct. */
interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly at: number;
}

const WORDS: Readonly<Record<FieldType, number>> = {
  int32: 1,
  uint32: 1,
  boolean: 1,
  float64: 2,
  bigint64: 2,
};

/** Which words belong to which field, and what their bits mean. It never touches shared memory. */
export class StructLayout {
  readonly words: number;
  readonly #fields: readonly Field[];
  // To see the bits of a number of 64 bits as two words.
  readonly #pair = new Int32Array(2);
  readonly #double = new Float64Array(this.#pair.buffer);
  readonly #big = new BigInt64Array(this.#pair.buffer);

  constructor(schema: StructSchema) {
    let words = 0;
    this.#fields = Object.entries(schema).map(([name, type]) => {
      const types = Object.keys(WORDS).join(", ");
      requireThat(Object.hasOwn(WORDS, type), `field ${name}`, `one of ${types}`, type);
      const field = { name, type, at: words };
      words += WORDS[type];
      return field;
    });
    this.words = words;
  }

  /** What the words say. */
  decode(words: ArrayLike<number>): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const { name, type, at } of this.#fields)
      values[name] = this.#value(type, words[at] as number, words[at + 1] as number);
    return values;
  }

  /** Writes the fields that stand in `values` into the words. */
  encode(values: Readonly<Record<string, unknown>>, words: number[]): void {
    for (const name of Object.keys(values)) {
      const field = this.#fields.find((field) => field.name === name);
      const names = this.#fields.map((field) => field.name).join(", ");
      if (field === undefined) throw new TypeError(`the struct has no field ${name}, but ${names}`);
      this.#write(field, values[name], words);
    }
  }

  #value(type: FieldType, low: number, high: number): unknown {
    if (type === "int32") return low;
    if (type === "uint32") return low >>> 0;
    if (type === "boolean") return low !== 0;
    this.#pair[0] = low;
    this.#pair[1] = high;
    return type === "float64" ? this.#double[0] : this.#big[0];
  }

  #write({ name, type, at }: Field, value: unknown, words: number[]): void {
    if (type === "bigint64") requireThat(typeof value === "bigint", name, "a bigint", value);
    else if (type === "boolean") requireThat(typeof value === "boolean", name, "a boolean", value);
    else requireThat(typeof value === "number", name, "a number", value);
    if (type === "int32" || type === "uint32") {
      const wanted = type === "int32" ? (value as number) | 0 : (value as number) >>> 0;
      if (wanted !== value)
        throw new RangeError(`${name} must be an ${type}, got ${String(value)}`);
    }
    if (WORDS[type] === 1) {
      words[at] = Number(value) | 0;
      return;
    }
    if (type === "float64") this.#double[0] = value as number;
    else this.#big[0] = value as bigint;
    words[at] = this.#pair[0] as number;
    words[at + 1] = this.#pair[1] as number;
  }
}
