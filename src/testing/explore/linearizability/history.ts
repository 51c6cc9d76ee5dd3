/** What became of an operation. */
export type Answer =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "error"; readonly error: unknown }
  /** It has not ended: it may have had its effect, or not. */
  | { readonly kind: "none" };

/** A call, from its beginning to its end. */
export interface Operation {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly who: string;
  /** When it began and ended, in a count of such events. */
  readonly begin: number;
  end: number;
  answer: Answer;
}

/** The calls on one object, with who was there at the same time as whom. */
export class Recording {
  readonly #operations = new Set<Operation>();
  #events = 0;

  get operations(): Operation[] {
    return [...this.#operations];
  }

  begin(name: string, args: readonly unknown[], who: string): Operation {
    const begin = (this.#events += 1);
    const operation: Operation = {
      name,
      args,
      who,
      begin,
      end: Infinity,
      answer: { kind: "none" },
    };
    this.#operations.add(operation);
    return operation;
  }

  end(operation: Operation, answer: Answer): void {
    operation.end = this.#events += 1;
    operation.answer = answer;
  }

  /** It was cancelled: then it has had no effect, and never was. */
  forget(operation: Operation): void {
    this.#operations.delete(operation);
  }
}
