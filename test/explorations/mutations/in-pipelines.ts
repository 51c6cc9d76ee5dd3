import { type Mutations, of } from "./mutation.js";

export const inPipelines: Mutations = {
  mapConcurrent: [
    ...of(
      "pipeline/map-run.ts",
      [
        "runs one more than its limit",
        "this.#loops < this.#plan.limit &&",
        "this.#loops <= this.#plan.limit &&",
      ],

      ["ends while loops run", "if (this.#loops > 0 || this.#ending ||", "if (this.#ending ||"],
    ),
    ...of("pipeline/source-run.ts", [
      "a failure does not stop it",
      "if (goesOn || this.scope.cancelled) return;",
      "return;",
    ]),
    ...of("pipeline/read-run.ts", [
      "a waiting reader is not served",
      "this.#window.keep(index, value);\n    this.#serve();",
      "this.#window.keep(index, value);",
    ]),
    ...of("pipeline/window.ts", [
      "gives results as they come",
      "const number = this.#ordered ? index : this.#arrivals;",
      "const number = this.#arrivals;",
    ]),
  ],
  pipeline: [
    ...of(
      "pipeline/batch-run.ts",
      [
        "an item that comes after the batch has gone is lost",
        "if (first !== undefined) this.#pending = undefined;",
        "this.#pending = undefined;",
      ],
      ["the timer of a full batch is left", "if (timer !== undefined) host.stopTimer(timer);", ""],
      [
        "the rest at the end is lost",
        "return batch.length > 0 ? { done: false, value: batch } : END;",
        "return batch.length === this.#size ? { done: false, value: batch } : END;",
      ],
    ),
    ...of("pipeline/flat-run.ts", [
      "gives the first result of an item only",
      "if (result?.done === false) return result;",
      "this.#results = undefined;\n      if (result?.done === false) return result;",
    ]),
  ],
};
