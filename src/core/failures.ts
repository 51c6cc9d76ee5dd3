import { leaves, messageOf, TaskGroupError } from "./errors.js";

/** The real errors of several things that run together, in the order of settling, each object once. */
export class Failures {
  readonly #errors: unknown[] = [];
  readonly #indices: (number | undefined)[] = [];
  readonly #seen = new Set<unknown>();
  #made: TaskGroupError | undefined;

  get count(): number {
    return this.#errors.length;
  }

  /** Adds an error; `index` is the place of its input in a map. */
  add(error: unknown, index?: number): void {
    const isObject = Object(error) === error;
    if (isObject && this.#seen.has(error)) return; // who awaits a failing sibling fails with the same object
    this.#seen.add(error);
    this.#errors.push(error);
    this.#indices.push(index);
    this.#made = undefined;
  }

  /** One error that says it all; the same object until another failure is added. */
  toError(where: string, { indexed = false }: { indexed?: boolean } = {}): TaskGroupError {
    return (this.#made ??= new TaskGroupError(
      this.#errors,
      `${where} failed${this.count > 1 ? ` with ${this.count} errors, first` : ""}: ${messageOf(leaves(this.#errors[0])[0])}`,
      indexed ? { indices: [...this.#indices] } : {},
    ));
  }

  throwIfAny(where: string, options?: { indexed?: boolean }): void {
    if (this.count > 0) throw this.toError(where, options);
  }

  /** True if `error` is what {@link toError} gave: those failures are counted already. */
  made(error: unknown): boolean {
    return error !== undefined && error === this.#made;
  }
}
