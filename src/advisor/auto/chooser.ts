import { host, messageOf } from "../../core/index.js";
import { type Job } from "../../executor/jobs/index.js";
import { type AnyTask, TaskRefs } from "../../executor/tasks/index.js";
import { Items } from "../../executor/wire/index.js";
import type { Forecast } from "../advice.js";
import { classify } from "../classify.js";
import { forecast } from "../forecast.js";
import { assumedMachine, knownMachine } from "../machine.js";
import type { Meter } from "../meter.js";
import type { Profile } from "../profile.js";
import { reasonFor } from "../reason.js";
import { measureTransfer } from "../transfer.js";
import { count, duration, percent } from "../words.js";
import { type AutoModel, nextModel } from "./decide.js";
import { freeName } from "./free-names.js";
import { TaskRecord, type Totals } from "./task-record.js";

export interface ChooserPlan {
  readonly limit: number;
  readonly workers: number;
  readonly sliceMs: number;
}

/** How much of the loop a function must hold before it matters where it runs. */
const MUCH_OF_THE_LOOP = 0.5;
/** What a call still costs the loop when it is in a thread, in shares of what it held it for on the loop. */
const RELIEF = 0.7;
/** Of calls this short many fit into the first window, in which their code is still being compiled. */
const SHORT_MS = 0.1;
/** After its first return a function stays on the loop for so long; twice as long after each further one. */
const HOLD_OFF_MS = 1000;

/** What an executor knows of its functions, and what it decides of each. */
export class Chooser {
  readonly #plan: ChooserPlan;
  readonly #meter: Meter;
  readonly #totals: Totals = { heldMs: 0, waits: 0, ended: 0 };
  readonly #byFunction = new WeakMap<AnyTask, TaskRecord>();
  /** An arrow function in a loop is a new object each time, but one text. */
  readonly #byText = new Map<string, TaskRecord>();

  constructor(plan: ChooserPlan, meter: Meter) {
    this.#plan = plan;
    this.#meter = meter;
  }

  recordOf(task: AnyTask): TaskRecord {
    const known = this.#byFunction.get(task);
    if (known !== undefined) return known;
    const text = Function.prototype.toString.call(task);
    let record = this.#byText.get(text);
    if (record === undefined) {
      record = new TaskRecord(task.name, this.#totals, this.#meter);
      this.#byText.set(text, record);
    }
    this.#byFunction.set(task, record);
    return record;
  }

  tasksPerWorkerFor(record: TaskRecord): number {
    return this.#forecasts(record.profile as Profile, undefined)[1]!.tasksPerWorker;
  }

  /** `record` can't leave the loop, as was found out. */
  refuse(record: TaskRecord, error: unknown): void {
    record.refusal = messageOf(error);
    record.moveTo("async");
    record.decision = { ...record.decision, model: "async", reason: stays(record.refusal) };
  }

  /** Where the function should run. `job` has just given `output`, on the loop. */
  choose(record: TaskRecord, busy: boolean, job: Job | undefined, output: unknown): AutoModel {
    return record.model === "async"
      ? this.#chooseHere(record, busy, job, output)
      : this.#chooseThere(record, busy);
  }

  #chooseHere(record: TaskRecord, busy: boolean, job: Job | undefined, output: unknown): AutoModel {
    const isNew = record.profile === undefined;
    // What is new is slow, for a while; so its first pace is no measure for what threads promise.
    const seen = record.look(this.#plan.limit, busy && !isNew);
    record.profile = seen;
    if (isNew && seen.heldMs < SHORT_MS && seen.calls > 1) return "async";
    const suffers = seen.heldMs >= this.#plan.sliceMs;
    const matters = suffers || seen.loopShare >= MUCH_OF_THE_LOOP;
    if (matters && job !== undefined) this.#inspect(record, job, output);
    const profile = { ...seen, transfer: record.transfer ?? seen.transfer };
    record.profile = profile;
    const forecasts = this.#forecasts(profile, record.refusal);
    const [inline, threads] = forecasts as [Forecast, Forecast, Forecast];
    const model = nextModel({
      model: "async",
      asyncPerSecond: inline.perSecond,
      threadsPerSecond: threads.perSecond,
      busy: busy && matters,
      suffers,
      relieves: threads.loopDelayMs < RELIEF * profile.heldMs,
      possible: threads.possible && record.transfer !== undefined,
      heldOff: host.nowMs() < record.heldOffUntilMs,
    });
    const two = [inline, threads];
    const kind = classify(profile, two);
    const chosen = model === "async" ? inline : threads;
    const why = reasonFor(kind, profile, two, chosen);
    const share = percent(profile.loopShare);
    const note =
      matters || kind === "io-bound" ? "" : ` (the loop is ${share} busy, so it can stay)`;
    record.decision = { task: record.name, model, reason: `${why}${note}` };
    return model;
  }

  #chooseThere(record: TaskRecord, busy: boolean): AutoModel {
    const here = record.profile as Profile;
    record.look(this.#plan.limit, busy);
    const perSecond = record.here.perSecond;
    if (perSecond === undefined) return "threads"; // it has not been there for long
    const [inline] = this.#forecasts(here, undefined) as [Forecast];
    // What was seen counts more than what was forecast: it had the same neighbours.
    const asyncPerSecond = record.onLoop.perSecond ?? inline.perSecond;
    const model = nextModel({
      model: "threads",
      asyncPerSecond,
      threadsPerSecond: perSecond,
      busy,
      suffers: here.heldMs >= this.#plan.sliceMs,
      relieves: record.hereMs < RELIEF * here.heldMs,
      possible: true,
      heldOff: false,
    });
    if (model === "async") {
      record.heldOffUntilMs = host.nowMs() + HOLD_OFF_MS * 2 ** record.returns;
      record.returns += 1;
      const there = `${count(perSecond)} per second, the loop held ${duration(record.hereMs)} a call`;
      const reason = `back from threads: ${there}; on the loop ${count(asyncPerSecond)} per second`;
      record.decision = { task: record.name, model, reason };
    }
    return model;
  }

  /** Finds out, once, whether the function and its values can go to a thread, and what that costs. */
  #inspect(record: TaskRecord, job: Job, output: unknown): void {
    record.refusal ??= refusalOf(job.task);
    if (record.refusal !== undefined && record.transfer !== undefined) return;
    const input = job.input instanceof Items ? job.input.values[0] : job.input;
    const one = job.input instanceof Items ? (output as unknown[])[0] : output;
    record.transfer = measureTransfer(input, job.sink === undefined ? one : undefined);
  }

  #forecasts(profile: Profile, refusal: string | undefined): Forecast[] {
    const { limit, workers } = this.#plan;
    const machine = knownMachine() ?? assumedMachine(workers);
    return forecast(profile, machine, { limit, workers, refusal });
  }
}

function refusalOf(task: AnyTask): string | undefined {
  try {
    const { origin } = new TaskRefs().of(task).definition;
    const outside = typeof origin === "string" ? freeName(origin) : undefined;
    if (outside === undefined) return undefined;
    return `it uses "${outside}" from around it; name it by defineTasks(import.meta.url, { ... }) in a module of its own`;
  } catch (error) {
    return messageOf(error);
  }
}

function stays(refusal: string): string {
  return `async, since threads are impossible: ${refusal}`;
}
