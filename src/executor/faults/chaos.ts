import type { SubmitOptions, Task, TaskFunction } from "weftwork/executor";
import { ConcurrencyError } from "weftwork";
import { messageOf } from "weftwork/core";
import type { Pool } from "./pools.js";
import * as tasks from "./tasks.js";
import { isAlive } from "./watching.js";

/** How many of a thousand tasks are of a kind. The rest echo small values. */
const SHARES = {
  echoText: 10,
  echoLarge: 0.5,
  note: 20,
  fail: 20,
  giveFunction: 5,
  takeFunction: 5,
  stream: 3,
  leaveStream: 2,
  waitTooLong: 2,
  heed: 10,
  // Each of these costs a worker, which is a hundred milliseconds.
  expire: 0.1,
  ignore: 0.1,
  loop: 0.1,
  exit: 0.1,
  exitLater: 0.1,
  kill: 0.1,
} as const;

type Kind = keyof typeof SHARES | "echo";

/** What may come of anything: its worker dies with a neighbour, or it is cancelled. */
const ALWAYS_POSSIBLE = ["CANCELLED", "WORKER_LOST"];

/** Submits random tasks of random kinds with random fates, and keeps account of what came of each. */
export class Chaos {
  readonly outcomes: Map<string, number> = new Map();
  readonly wrong: string[] = [];
  /** Of the tasks that leave a trace: those that have a value. */
  readonly noted: number[] = [];
  submitted = 0;
  settled = 0;
  readonly #pool: Pool;
  readonly #random: () => number;
  readonly #path: string;
  /** Some of those in flight, to be cancelled by chance. */
  readonly #victims: Task<unknown>[] = [];

  constructor(pool: Pool, random: () => number, path: string) {
    this.#pool = pool;
    this.#random = random;
    this.#path = path;
  }

  /** One more task; settles when it has, and never rejects. */
  async next(): Promise<void> {
    this.submitted += 1;
    const id = this.submitted;
    const kind = this.#kind();
    if (this.#chance(0.03)) this.#victims.splice(0, 1)[0]?.cancel();
    let outcome: string;
    try {
      outcome = await this.#run(kind, id);
    } catch (error) {
      outcome = error instanceof ConcurrencyError ? error.code : codeOf(error);
    }
    this.settled += 1;
    const key = `${kind}: ${outcome}`;
    this.outcomes.set(key, (this.outcomes.get(key) ?? 0) + 1);
    if (!ALWAYS_POSSIBLE.includes(outcome) && !EXPECTED[kind].includes(outcome))
      this.wrong.push(`${id} ${key}`);
  }

  #run(kind: Kind, id: number): Promise<string> {
    const runs: Record<Kind, () => Promise<string>> = {
      echo: () => this.#echo(this.#value(id)),
      echoText: () => this.#echo(String(id).padEnd(10 ** (5 * this.#random()), "ü")),
      echoLarge: () => this.#echo(String(id).padEnd(5e6 * this.#random() ** 2, "x")),
      note: () => this.#note(id),
      fail: () => this.#fails(tasks.throwIt, new RangeError("no")),
      giveFunction: () => this.#fails(tasks.giveFunction, id),
      takeFunction: () => this.#fails(tasks.echo, () => 1),
      stream: () => this.#stream(Infinity),
      leaveStream: () => this.#stream(5),
      expire: () => this.#fails(tasks.never, id, { timeoutMs: 5 }),
      waitTooLong: () => this.#fails(tasks.heed, id, { queueTimeoutMs: 1, timeoutMs: 5 }),
      heed: () => this.#cancelled(tasks.heed),
      ignore: () => this.#cancelled(tasks.never),
      loop: () => this.#cancelled(tasks.loop),
      exit: () => this.#fails(tasks.exit, id & 127),
      exitLater: () => this.#fails(tasks.exitLater, 1),
      kill: () => this.#cancelled(tasks.never, kill),
    };
    return runs[kind]();
  }

  async #note(id: number): Promise<string> {
    await this.#submit(tasks.noteId, { path: this.#path, id });
    this.noted.push(id);
    return "value";
  }

  async #echo(value: unknown): Promise<string> {
    const back = await this.#submit(tasks.echo, value);
    if (typeof value !== "object") return Object.is(back, value) ? "value" : "another value";
    return JSON.stringify(back) === JSON.stringify(value) ? "value" : "another value";
  }

  async #fails<I>(
    task: TaskFunction<I, unknown>,
    input: I,
    options?: SubmitOptions,
  ): Promise<string> {
    await this.#submit(task, input, options);
    return "value";
  }

  /** Runs until it is cancelled, by its own report or before. */
  async #cancelled(task: typeof tasks.never, first?: (pid: number) => void): Promise<string> {
    const onProgress = (pid: unknown): void => {
      first?.(pid as number);
      running.cancel();
    };
    const running = this.#pool.submit(task, 0, { priority: -1, onProgress });
    await running;
    return "value";
  }

  async #stream(readAtMost: number): Promise<string> {
    let next = 0;
    for await (const output of this.#pool.stream(tasks.count, 40)) {
      if (output !== next) return "another value";
      next += 1;
      if (next >= readAtMost) return "left";
    }
    return next === 40 ? "value" : "an end too early";
  }

  #submit<I, O>(task: TaskFunction<I, O>, input: I, options: SubmitOptions = {}): Task<Awaited<O>> {
    const priority = this.#chance(0.2) ? Math.floor(this.#random() * 4) : 0;
    const submitted = this.#pool.submit(task, input, { priority, ...options });
    if (this.#chance(0.1)) this.#victims.push(submitted);
    if (this.#chance(0.02)) submitted.cancel();
    return submitted;
  }

  #value(id: number): unknown {
    const values = [id, -id / 3, id % 2 === 0, undefined, null, `text ${id}`, { id, in: [id] }];
    if (this.#chance(0.1))
      return { id, big: "y".repeat(3000 * this.#random()), list: values.slice(4) };
    return values[Math.floor(this.#random() * values.length)];
  }

  #kind(): Kind {
    let at = this.#random() * 1000;
    for (const [kind, share] of Object.entries(SHARES)) {
      at -= share;
      if (at < 0) return kind as Kind;
    }
    return "echo";
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }
}

const EXPECTED: Readonly<Record<Kind, readonly string[]>> = {
  echo: ["value"],
  echoText: ["value"],
  echoLarge: ["value"],
  note: ["value"],
  fail: ["RangeError: no"],
  giveFunction: ["NOT_CLONEABLE"],
  takeFunction: ["NOT_CLONEABLE"],
  stream: ["value"],
  leaveStream: ["left"],
  expire: ["TIMEOUT"],
  waitTooLong: ["TIMEOUT"],
  heed: [],
  ignore: [],
  loop: [],
  exit: [],
  exitLater: [],
  kill: [],
};

/** Only a process can be killed from outside. It may have died since it reported, by a neighbour's doing. */
function kill(pid: number): void {
  if (pid !== process.pid && isAlive(pid)) process.kill(pid, "SIGKILL");
}

function codeOf(error: unknown): string {
  return (error as { code?: string } | undefined)?.code ?? messageOf(error);
}
