import { type Mutations, of } from "./mutation.js";

export const inTasks: Mutations = {
  TaskGroup: [
    ...of(
      "task/group-scope.ts",
      ["does not wait for its children", "while (this.running > 0) await this.#empty.wait();", ""],
      [
        "a failure does not cancel the others",
        "if (this.cancelled) return; // a reason",
        "return; // a reason",
      ],
      ["counts a child that has settled for one that runs", "this.running -= 1;\n", ""],
      [
        "takes a cancel for a failure",
        'if (child.state === "rejected") this.failed',
        "this.failed",
      ],
    ),
    ...of("task/child.ts", [
      "whoever waits for a task that fails is not told",
      "this.#waiters?.failAll(error);",
      "",
    ]),
    ...of("task/task-group.ts", [
      "takes children when it is closed",
      "if (this.cancelled || this.#closed) {",
      "if (this.cancelled) {",
    ]),
  ],
  withTimeout: of(
    "task/timer-scope.ts",
    [
      "the timer is left when the body ends",
      "this.#ended = true;\n    this.#stop();",
      "this.#ended = true;",
    ],
    [
      "tells of the cancel and not of the timeout",
      "return this.#timeout ?? error;",
      "return error;",
    ],
    [
      "reschedule leaves the old timer",
      "this.#stop();\n    this.#start(timeoutMs);",
      "this.#start(timeoutMs);",
    ],
    [
      "never expires",
      "if (this.cancelled) return;\n    this.#timeout",
      "return;\n    this.#timeout",
    ],
  ),
  shield: [
    ...of(
      "task/shield.ts",
      [
        "the outer cancel reaches the body",
        "new TimerScope(outer, null, true)",
        "new TimerScope(outer, null, false)",
      ],
      [
        "the grace counts from the start",
        "new TimerScope(outer, null, true)",
        "new TimerScope(outer, graceMs, true)",
      ],
      [
        "the grace never begins",
        "outer?.onCancel(() => scope.reschedule(graceMs));",
        "outer?.onCancel(() => {});",
      ],
    ),
  ],
  sleep: of(
    "task/sleep.ts",
    ["a cancelled sleep leaves its timer", "host.stopTimer(this.#timer);", ""],
    ["a cancel does not end it", "this.#reject(reason);", ""],
    ["is not told of a cancel", "scope?.register(this);", ""],
    [
      "wakes at once",
      "this.#timer = host.startTimer(() => this.#wake(), ms);",
      "this.#timer = host.startTimer(() => this.#wake(), 1);",
    ],
  ),
  combinators: of(
    "task/combinators.ts",
    [
      "starts one more than its limit",
      "for (let i = Math.min(options.limit ?? Infinity, list.length);",
      "for (let i = Math.min((options.limit ?? Infinity) + 1, list.length);",
    ],
    ["does not start the next one", "startNext();\n      };", "};"],
    [
      "mixes up whose value it is",
      "values[index] = await run(body, scope, group);",
      "const value = await run(body, scope, group);\n        values[next - 1] = value;",
    ],
    [
      "any takes a failure for a value",
      "if (!onlyCancelled(error, scope)) failures.add(error);",
      "winner.push(error as T);",
    ],
    [
      "race lets the last one win",
      "const value = await body(scope);\n    if (winner.length === 0) winner.push(value);",
      "winner[0] = await body(scope);",
    ],
  ),
  asCompleted: of(
    "task/as-completed.ts",
    [
      "gives a task in stock again",
      "this.#given += 1; // and no shift(): it moves the whole array",
      "",
    ],
    [
      "keeps what it has handed over",
      "if (this.#waiting.wakeOne(settled)) this.#left -= 1;\n    else this.#settled.push(settled);",
      "if (this.#waiting.wakeOne(settled)) this.#left -= 1;\n    this.#settled.push(settled);",
    ],
    [
      "a waiting reader is not told",
      "if (this.#waiting.wakeOne(settled)) this.#left -= 1;\n    else this.#settled.push(settled);",
      "this.#settled.push(settled);",
    ],
    [
      "waits for more than there are",
      "if (this.#left <= this.#waiting.size)",
      "if (this.#left < this.#waiting.size)",
    ],
  ),
};
