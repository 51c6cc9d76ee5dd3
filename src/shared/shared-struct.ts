import type { Wait } from "../core/index.js";
import { Deadline } from "./deadline.js";
import { LockCore } from "./lock-core.js";
import { load, store } from "./memory.js";
import { defineKind } from "./kinds.js";
import { fromHandle, type SharedHandle, STATE } from "./registry.js";
import { SharedObject } from "./shared-object.js";
import { StructLayout, type StructSchema, type StructValues } from "./struct-layout.js";
import { requireBlocking } from "./thread.js";

const VERSION = STATE + 16;
const FIELDS = STATE + 32;

/** What to change: some fields, or a function that gives them, called while no one else writes. */
export type StructChange<Schema extends StructSchema> =
  | Partial<StructValues<Schema>>
  | ((values: StructValues<Schema>) => Partial<StructValues<Schema>>);

/**
 * A few typed fields that threads read and change together: a read never sees half of a change, and waits for nobody.
 *
 * There are two copies of the fields, and a version that says which one holds. A writer, one at a time, fills
 * the other copy, and raises the version in one store; a reader looks at the version before and after. A writer that
 * dies has changed nothing. After Lamport, "Concurrent Reading and Writing" (1977), with the second copy of Linux's
 * `seqcount_latch`.
 *
 * @example
 * const point = new SharedStruct({ x: "float64", y: "float64" });
 * await point.update({ x: 1, y: 2 });
 * await point.update(({ x, y }) => ({ x: y, y: x }));
 * console.log(point.read());
 * // prints:
 * // { x: 2, y: 1 }
 */
export class SharedStruct<Schema extends StructSchema> extends SharedObject<"SharedStruct"> {
  static {
    defineKind("SharedStruct", SharedStruct);
  }

  readonly #layout: StructLayout;
  readonly #writers: LockCore;
  readonly #read: number[];

  constructor(schema: Schema, options: { readonly name?: string } = {}) {
    const layout = new StructLayout(schema);
    super("SharedStruct", "shared struct", { ...options, schema } as object, 32 + 2 * layout.words);
    this.#layout = layout;
    this.#writers = new LockCore(this.words, STATE, this.name, false);
    this.#read = Array.from({ length: layout.words }, () => 0);
  }

  static from<Schema extends StructSchema>(
    handle: SharedHandle<"SharedStruct">,
  ): SharedStruct<Schema> {
    const schema = handle["schema"] as Schema;
    return fromHandle("SharedStruct", handle, () => new SharedStruct(schema, handle));
  }

  /** All fields, as they were together at one moment. Never waits. */
  read(): StructValues<Schema> {
    this.#load();
    return this.#layout.decode(this.#read) as StructValues<Schema>;
  }

  /** Changes fields, all at once. Cancellation: rejects with the scope's reason, and nothing is changed. */
  async update(change: StructChange<Schema>, wait?: Wait): Promise<void> {
    await this.#writers.take(wait);
    this.#write(change);
  }

  /** The same, blocking the thread while others write. Errors: a `TimeoutError`; `WOULD_BLOCK` on the main thread. */
  updateSync(change: StructChange<Schema>, timeoutMs: number = Infinity): void {
    requireBlocking("updateSync", "update");
    const deadline = new Deadline(timeoutMs);
    if (!this.#writers.takeSync(deadline)) throw deadline.expired(this.name);
    this.#write(change);
  }

  /** A snapshot. `waiting`: callers of this thread that await their turn to write. */
  stats(): { version: number; waiting: number } {
    return { version: load(this.words, VERSION), waiting: this.#writers.waiting };
  }

  override recover(dead: number): void {
    this.#writers.word.recover(dead); // what it wrote it wrote into the copy that doesn't hold
  }

  #load(): void {
    const { words } = this;
    const length = this.#layout.words;
    for (;;) {
      const version = load(words, VERSION);
      const copy = FIELDS + (version & 1) * length;
      // Each by an atomic load: plain ones may come after the second look at the version, on some processors.
      for (let i = 0; i < length; i += 1) this.#read[i] = load(words, copy + i);
      if (load(words, VERSION) === version) return;
    }
  }

  #write(change: StructChange<Schema>): void {
    try {
      this.#load();
      const fields = this.#read;
      const values = this.#layout.decode(fields) as StructValues<Schema>;
      this.#layout.encode(typeof change === "function" ? change(values) : change, fields);
      const version = load(this.words, VERSION);
      const copy = FIELDS + ((version + 1) & 1) * fields.length;
      for (let i = 0; i < fields.length; i += 1) store(this.words, copy + i, fields[i] as number);
      store(this.words, VERSION, (version + 1) | 0);
    } finally {
      this.#writers.give();
    }
  }
}
