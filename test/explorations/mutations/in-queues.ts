import { type Mutations, of } from "./mutation.js";

const common = of(
  "queue/queue.ts",
  [
    "room is never given to those who wait",
    "while (this.#putters.size > 0 && this.#store.size < this.capacity) this.#moveUp();",
    "",
  ],
  [
    "an item is handed over and kept",
    "if (!this.#getters.wakeOne(item)) this.#store.add(item);",
    "this.#getters.wakeOne(item);\n    this.#store.add(item);",
  ],
  [
    "an item that is put is not handed over",
    "if (!this.#getters.wakeOne(item)) this.#store.add(item);",
    "this.#store.add(item);",
  ],
  [
    "has room for one more",
    "if (this.#store.size >= this.capacity) return this.#putters",
    "if (this.#store.size > this.capacity) return this.#putters",
  ],
  [
    "a waiting put is let in, and not told",
    "this.#accept(item);\n      this.#putters.wakeOne();",
    "this.#accept(item);",
  ],
  [
    "close leaves those who wait to get",
    'this.#getters.failAll(this.#closedError("get")); // if any waits, nothing is left',
    "",
  ],
  [
    "join ends with work to do",
    "if (this.#unfinished === 0) this.#joiners.wakeAll();",
    "this.#joiners.wakeAll();",
  ],
  ["join is never told", "if (this.#unfinished === 0) this.#joiners.wakeAll();", ""],
);

export const inQueues: Mutations = {
  Queue: [
    ...common,
    ...of("queue/ring.ts", [
      "takes from the wrong end",
      "this.#head = (this.#head + 1) & (this.#slots.length - 1);",
      "",
    ]),
  ],
  LifoQueue: [
    ...common.slice(0, 3),
    ...of("queue/stack.ts", ["is first in, first out", "this.#items.pop()", "this.#items.shift()"]),
  ],
  PriorityQueue: [
    ...common.slice(0, 3),
    ...of(
      "queue/heap.ts",
      ["gives the largest first", "return order < 0 ||", "return order > 0 ||"],
      [
        "an item does not rise to its place",
        "while (at > 0 && this.#before(entry, this.#entries[parentOf(at)] as Entry<T>))",
        "while (at > 9)",
      ],
      [
        "looks at the left child only",
        "if (child + 1 < length && this.#before(right, left)) child += 1;",
        "",
      ],
    ),
  ],
};
