import {
  messageOf,
  requireFunction,
  requireInteger,
  requirePositive,
  scopeOf,
  type Wait,
} from "../core/index.js";
import { TaskRefs } from "../executor/tasks/index.js";
import { mapConcurrent } from "../pipeline/index.js";
import { requireSource } from "../pipeline/source.js";
import type { Source, TaskFunction } from "../task/index.js";
import type { Advice, Forecast } from "./advice.js";
import { choose, nextToTry, rank } from "./choose.js";
import { classify } from "./classify.js";
import { forecast, type Trials } from "./forecast.js";
import { measureMachine } from "./machine.js";
import { realMeter } from "./meter.js";
import { isSaturated, type Profile } from "./profile.js";
import { reasonFor } from "./reason.js";
import { runSample, type SampledTask, type SampleRun } from "./run-sample.js";
import { measureTransfer } from "./transfer.js";
import { type Trial, tryOut } from "./trial.js";

export interface AdviseOptions extends Wait {
  /** Most calls at once on the event loop; 64 by default. */
  readonly limit?: number | undefined;
  /** Workers of a pool; as many as the machine computes on by default. */
  readonly workers?: number | undefined;
  /** How long calls of the sample are started: here, and wherever the function is tried out; 1,000 by default. */
  readonly timeMs?: number | undefined;
  /** How many inputs there will be, if that is known: a start-up that they don't earn back counts. */
  readonly items?: number | undefined;
}

/** So many inputs are taken of the sample. */
const MOST_INPUTS = 1000;
const FEW_CALLS = 3;
/** To call a function takes some nanoseconds, whatever it does. */
const SHORTEST_MS = 5e-6;

/**
 * Runs `task` on a sample of its inputs for a bounded time, and says under which model it will go best, and
 * why.
 *
 * The sample is **really run**, on this event loop, and in workers if those promise more, or nearly as much: what
 * the function does to the world, it does, and for an input more than once. The first call in a process measures the machine too, which
 * starts and ends a few workers. Measure with nothing else going on in the process: the loop's time is taken
 * for the function's.
 *
 * Cancellation: cancels the scope of the calls, and waits for their end.
 * Errors: that of the first call, if every call fails; a `RangeError` if the sample is empty.
 *
 * @example
 * const wait = (ms: number) => sleep(ms);
 * const advice = await advise(wait, [20, 30, 40], { timeMs: 200 });
 * console.log(advice.model, advice.class);
 * // prints:
 * // async io-bound
 */
export function advise<I, O>(
  task: TaskFunction<I, O>,
  sample: Source<I>,
  options: AdviseOptions = {},
): Promise<Advice> {
  requireFunction("task", task);
  requireSource(sample);
  const { limit = 64, timeMs = 1000, items, workers } = options;
  requireInteger("limit", limit, 1);
  requirePositive("timeMs", timeMs);
  if (workers !== undefined) requireInteger("workers", workers, 1);
  if (items !== undefined) requireInteger("items", items, 1);
  scopeOf(options); // a wrong signal is told at the call
  return adviseOn(task as SampledTask, sample, { ...options, limit, timeMs });
}

type Plan = AdviseOptions & { readonly limit: number; readonly timeMs: number };

async function adviseOn(task: SampledTask, sample: Source<unknown>, plan: Plan): Promise<Advice> {
  const inputs = await take(sample, plan);
  if (inputs.length === 0) throw new RangeError("sample must have at least one input, got none");
  const machine = await measureMachine();
  const run = await runSample(task, inputs, plan, realMeter);
  if (run.pair === undefined) throw run.firstError;
  const profile = profileOf(run, run.pair, machine.watchMs);
  const { limit, items, workers = machine.workers } = plan;
  const asked = { limit, workers, items, refusal: refusalOf(task) };
  const trials = await triesOf(
    (trials) => {
      const forecasts = forecast(profile, machine, { ...asked, trials });
      return nextToTry(forecasts, isSaturated(profile), (model) => model in trials);
    },
    (there) => tryOut(task, run, there, plan),
  );
  const forecasts = forecast(profile, machine, { ...asked, trials });
  const chosen = choose(forecasts);
  const taskClass = classify(profile, forecasts);
  return {
    model: chosen.model,
    class: taskClass,
    reason: reasonFor(taskClass, profile, forecasts, chosen),
    ranking: rank(forecasts, chosen),
    profile,
    machine,
    warnings: [...warningsOf(run), ...failuresOf(trials)],
  };
}

/** One trial after the other: what comes of the one may make another model the next to try. */
async function triesOf(
  nextAfter: (trials: Trials) => Forecast | undefined,
  tryIn: (there: Forecast) => Promise<Trial>,
): Promise<Trials> {
  const trials: Trials = {};
  for (let next = nextAfter(trials); next !== undefined; next = nextAfter(trials))
    trials[next.model] = await tryIn(next);
  return trials;
}

function failuresOf(trials: Trials): string[] {
  return Object.entries(trials).flatMap(([model, trial]) =>
    "failure" in trial ? [`${model} could not be tried out: ${trial.failure}`] : [],
  );
}

/** The first inputs of a source, which is closed then. */
async function take(source: Source<unknown>, { signal }: Wait): Promise<unknown[]> {
  const taken: unknown[] = [];
  for await (const input of mapConcurrent(source, (each: unknown) => each, { limit: 1, signal })) {
    taken.push(input);
    if (taken.length === MOST_INPUTS) break;
  }
  return taken;
}

function profileOf(
  { pair: _, firstError: __, good: ___, streams: ____, ...figures }: SampleRun,
  pair: { readonly input: unknown; readonly output: unknown },
  watchMs: number,
): Profile {
  const heldMs = Math.max(figures.heldMs - watchMs, SHORTEST_MS);
  return {
    ...figures,
    heldMs,
    cpuMs: Math.min(heldMs, Math.max(figures.cpuMs - watchMs, 0)),
    wallMs: Math.max(figures.wallMs - watchMs, SHORTEST_MS),
    transfer: measureTransfer(pair.input, pair.output),
  };
}

/** Why the function can't go to a worker, as far as can be told without sending it. */
function refusalOf(task: SampledTask): string | undefined {
  try {
    new TaskRefs().of(task);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function warningsOf({ calls, failed, firstError }: SampleRun): string[] {
  const warnings: string[] = [];
  if (failed > 0)
    warnings.push(`${failed} of ${calls} calls failed, the first with ${messageOf(firstError)}`);
  if (calls < FEW_CALLS)
    warnings.push(`the time was enough for ${calls} calls only: give it more, by timeMs`);
  return warnings;
}
