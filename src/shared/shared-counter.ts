import { requireInteger, requireThat } from "../core/index.js";
import { add, compareExchange, load, store } from "./memory.js";
import * as big from "./memory64.js";
import { defineKind } from "./kinds.js";
import { fromHandle, type SharedHandle, STATE } from "./registry.js";
import { SharedObject } from "./shared-object.js";

/** What a counter counts by: numbers of 32 bits, or bigints of 64. Both wrap around. */
export type CounterType = "int32" | "bigint64";

type ValueOf<Type extends CounterType> = Type extends "bigint64" ? bigint : number;

interface CounterOptions<Type extends CounterType> {
  readonly name?: string;
  readonly type?: Type;
}

/**
 * A number that threads add to, and none of their additions is lost. It never waits.
 *
 * Setting {@link value} from what it was is not safe by itself (`counter.value += 1`): use {@link add}, or a lock.
 *
 * @example
 * const hits = new SharedCounter();
 * hits.add(2);
 * const bytes = new SharedCounter({ type: "bigint64" });
 * bytes.add(2n ** 40n);
 * console.log(hits.value, bytes.value);
 * // prints:
 * // 2 1099511627776n
 */
export class SharedCounter<
  Type extends CounterType = "int32",
> extends SharedObject<"SharedCounter"> {
  static {
    defineKind("SharedCounter", SharedCounter);
  }

  readonly type: CounterType;
  readonly #big: BigInt64Array | undefined;

  constructor(options: CounterOptions<Type> = {}) {
    const type = options.type ?? "int32";
    requireThat(type === "int32" || type === "bigint64", "type", '"int32" or "bigint64"', type);
    super("SharedCounter", "shared counter", options, 2);
    this.type = type;
    if (type === "bigint64") this.#big = new BigInt64Array(this.words.buffer, STATE * 4, 1);
  }

  static from<Type extends CounterType = "int32">(
    handle: SharedHandle<"SharedCounter">,
  ): SharedCounter<Type> {
    const make = (): SharedCounter<Type> => new SharedCounter<Type>(handle);
    return fromHandle("SharedCounter", handle, make);
  }

  get value(): ValueOf<Type> {
    return (this.#big ? big.load(this.#big) : load(this.words, STATE)) as ValueOf<Type>;
  }

  set value(value: ValueOf<Type>) {
    this.#requireValue(value);
    if (this.#big) big.store(this.#big, value as bigint);
    else store(this.words, STATE, value as number);
  }

  /** Adds `amount`, which may be negative, and gives the sum. */
  add(amount: ValueOf<Type>): ValueOf<Type> {
    this.#requireValue(amount);
    if (this.#big)
      return BigInt.asIntN(
        64,
        big.add(this.#big, amount as bigint) + (amount as bigint),
      ) as ValueOf<Type>;
    return ((add(this.words, STATE, amount as number) + (amount as number)) | 0) as ValueOf<Type>;
  }

  /** Sets it to `next` if it is `expected`. False if it is something else. */
  replace(expected: ValueOf<Type>, next: ValueOf<Type>): boolean {
    this.#requireValue(expected);
    this.#requireValue(next);
    if (this.#big)
      return big.compareExchange(this.#big, expected as bigint, next as bigint) === expected;
    return compareExchange(this.words, STATE, expected as number, next as number) === expected;
  }

  override recover(): void {} // one operation can't be half done

  #requireValue(value: unknown): void {
    if (this.#big) return requireThat(typeof value === "bigint", "value", "a bigint", value);
    requireInteger("value", value as number, -(2 ** 31));
    if ((value as number) > 2 ** 31 - 1)
      throw new RangeError(`value must be at most ${2 ** 31 - 1}, got ${String(value)}`);
  }
}
