import { Worker } from "node:worker_threads";
import { packShared } from "../../src/shared/travel.js";
import { C, CONTROL_BYTES, NOBODY, VERDICT } from "./control.js";
import { scenarios } from "./scenarios.js";
import type { Ending, Part } from "./simulated-thread.js";
import type { Scenario } from "./world.js";

/** How the choices of a run are made: as given, and then by chance from a seed or the first of each. */
interface Plan {
  readonly seed?: number;
  readonly prefix?: readonly number[];
  readonly preemptions?: number;
  readonly calm?: boolean;
  readonly dieAfter?: number;
}

/** What a run went wrong by, with how to repeat it; undefined if all was well. */
export type Finding = string | undefined;

const MOST_STEPS = 4000;

/** Plays scenarios in worker threads, one of which runs at a time. */
export class Explorer {
  readonly #workers: Worker[] = [];
  readonly #ids: number[] = [];
  readonly #bundle: string;
  /** Of the last run: for each choice what was picked, and of how many. */
  #choices: { picked: number; of: number }[] = [];

  constructor(bundle: string) {
    this.#bundle = bundle;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  /** Runs with random choices, from seed 1 on, until one goes wrong. */
  async random(name: string, runs: number): Promise<Finding> {
    for (let seed = 1; seed <= runs; seed += 1) {
      const calm = seed % 3 !== 0;
      const found = await this.#run(name, {
        seed: seed * 0x9e3779b1,
        calm,
        dieAfter: (seed * 7) % 80,
      });
      if (found !== undefined) return `seed ${seed}: ${found}`;
    }
    return undefined;
  }

  /** All runs with so many changes of turn that nothing forced. Throws if there are more than `mostRuns`. */
  async exhaustive(
    name: string,
    preemptions: number,
    mostRuns: number,
  ): Promise<{ found: Finding; runs: number }> {
    let prefix: number[] = [];
    for (let runs = 1; ; runs += 1) {
      const found = await this.#run(name, { prefix, preemptions });
      if (found !== undefined) return { found: `choices ${prefix.join()}: ${found}`, runs };
      const next = this.#choices.findLastIndex(({ picked, of }) => picked + 1 < of);
      if (next < 0) return { found: undefined, runs };
      if (runs === mostRuns) throw new Error(`${name} has more than ${mostRuns} runs`);
      prefix = this.#choices.slice(0, next + 1).map(({ picked }) => picked);
      prefix[next]! += 1;
    }
  }

  async #run(name: string, plan: Plan): Promise<Finding> {
    const scenario = scenarios[name];
    if (scenario === undefined) throw new Error(`no scenario is called ${name}`);
    const count = scenario.threads.length;
    while (this.#workers.length < count) await this.#start();
    const memory = new SharedArrayBuffer(CONTROL_BYTES);
    const control = new Int32Array(memory);
    control[C.turn] = 0;
    control[C.threads] = count;
    control[C.mostSteps] = MOST_STEPS;
    control[C.random] = plan.seed ?? 0;
    control[C.mostPreemptions] = plan.preemptions ?? 1e9;
    control[C.calm] = Number(plan.calm ?? false);
    control[C.dieAfter] = plan.dieAfter ?? 0;
    control[C.prefix] = plan.prefix?.length ?? 0;
    for (const thread of scenario.mayDie ?? []) control[C.mayDie]! |= 1 << thread;
    this.#ids.forEach((id, i) => (control[C.ids + i] = id));
    plan.prefix?.forEach((picked, i) => (control[C.choice + i] = picked));
    const made = scenario.make();
    const objects = packShared(made);
    const endings = await Promise.all(
      scenario.threads.map((_, self) =>
        this.#play({ control: memory, self, scenario: name, objects }),
      ),
    );
    this.#choices = Array.from({ length: control[C.made]! }, (_, i) => {
      const choice = control[C.choice + i]!;
      return { picked: choice & 255, of: choice >> 8 };
    });
    if (control[C.turn] !== NOBODY) throw new Error("the run has not ended");
    return judge(scenario, endings, control);
  }

  #play(part: Part): Promise<Ending> {
    const worker = this.#workers[part.self]!;
    return new Promise((resolve) => {
      worker.once("message", resolve);
      worker.postMessage(part);
    });
  }

  async #start(): Promise<void> {
    const worker = new Worker(this.#bundle);
    worker.setMaxListeners(0);
    this.#workers.push(worker);
    worker.on("error", (error) => {
      throw error;
    });
    this.#ids.push(await new Promise((resolve) => worker.once("message", resolve)));
  }
}

function judge(scenario: Scenario, endings: readonly Ending[], control: Int32Array): Finding {
  if (control[C.verdict] === VERDICT.deadlock)
    return "all threads sleep, and nothing will wake them";
  if (control[C.verdict] === VERDICT.tooLong) return "it goes on for ever";
  const failed = endings.find(({ error }) => error !== undefined);
  if (failed) return failed.error;
  try {
    scenario.check(
      endings.map(({ value }) => value),
      control.subarray(C.plain),
    );
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
