import type { Forecast, Model } from "./advice.js";
import type { Machine, WorkerCosts } from "./machine.js";
import { heldShare, isSaturated, type Profile } from "./profile.js";
import type { Trial } from "./trial.js";

/** What a forecast is for. */
export interface ForecastPlan {
  /** Most calls at once on the loop. */
  readonly limit: number;
  readonly workers: number;
  /** How many inputs there will be, if that is known: a start-up that they don't earn back counts. */
  readonly items?: number | undefined;
  /** Why the function can't leave this thread, if it can't. */
  readonly refusal?: string | undefined;
  /** What came of it where it was tried. */
  readonly trials?: Trials;
}

export type Trials = Partial<Record<Model, Trial>>;

/** How much work a pool sends in one message, as its maps do. */
const CHUNK_MS = 0.5;
const LONGEST_CHUNK = 4096;

/** What is to be expected of a function under each model. Pure: the same figures give the same forecast. */
export function forecast(profile: Profile, machine: Machine, plan: ForecastPlan): Forecast[] {
  const inline = asyncForecast(profile, machine, plan);
  const elsewhere = (["threads", "processes"] as const).map((model) => {
    const expected = workerForecast(model, profile, machine, plan, inline);
    const trial = plan.trials?.[model];
    if (trial === undefined || "failure" in trial) return expected;
    return corrected(expected, trial, inline, slowedBy(profile, machine), plan.items);
  });
  return [inline, ...elsewhere];
}

function corrected(
  expected: Forecast,
  trial: Exclude<Trial, { failure: string }>,
  inline: Forecast,
  slowed: number,
  items: number | undefined,
): Forecast {
  if ("refusal" in trial) return { ...expected, ...impossible(trial.refusal) };
  const perSecond = withStartUp(slowed * trial.perSecond, expected.startUpMs, items);
  const tried = perSecond / inline.perSecond;
  return { ...expected, perSecond, speedup: tried, tried };
}

/**
 * How many times more calls the loop could have made without its neighbours. They are taken off the forecast of async,
 * and a trial had them too.
 */
function slowedBy(profile: Profile, { watchMs }: Machine): number {
  const { perSecond, heldMs } = profile;
  return isSaturated(profile) ? Math.max(1, 1000 / ((heldMs + watchMs) * perSecond)) : 1;
}

function impossible(refusal: string): Partial<Forecast> {
  return { possible: false, refusal, perSecond: 0, speedup: 0, predicted: 0 };
}

function asyncForecast(profile: Profile, machine: Machine, { limit }: ForecastPlan): Forecast {
  const { transfer, longestHoldMs, heldMs } = profile;
  // What it did is the least that it can do; without its neighbours, and unwatched, it does more.
  const alone = isSaturated(profile) ? 1000 / (heldMs + machine.asyncItemMs) : 0;
  const perSecond = Math.max(profile.perSecond, alone);
  return {
    model: "async",
    possible: true,
    perSecond,
    speedup: 1,
    predicted: 1,
    loopDelayMs: longestHoldMs,
    transferMs: 0,
    memoryMb: megabytes(limit * (transfer.inputBytes + transfer.outputBytes)),
    startUpMs: 0,
    limit,
    workers: 0,
    tasksPerWorker: 0,
  };
}

function workerForecast(
  model: Exclude<Model, "async">,
  profile: Profile,
  machine: Machine,
  plan: ForecastPlan,
  inline: Forecast,
): Forecast {
  const { workers, items } = plan;
  const costs = machine[model];
  const tasksPerWorker = tasksPerWorkerFor(profile, plan);
  const { transfer } = profile;
  const bytes = transfer.inputBytes + transfer.outputBytes;
  const refusal = plan.refusal ?? transfer.refusal;
  const steady = throughput(profile, machine, costs, workers, tasksPerWorker);
  const perSecond = withStartUp(steady, costs.startUpMs, items);
  const predicted = perSecond / inline.perSecond;
  return {
    model,
    possible: true,
    perSecond,
    speedup: predicted,
    predicted,
    loopDelayMs: transfer.hereMs + costs.messageMs,
    transferMs: transfer.hereMs + transfer.thereMs + 2 * hopOf(profile, costs),
    // Each value is here and there.
    memoryMb: workers * costs.workerMb + megabytes(2 * workers * tasksPerWorker * bytes),
    startUpMs: costs.startUpMs,
    limit: workers * tasksPerWorker,
    workers,
    tasksPerWorker,
    ...(refusal !== undefined && impossible(refusal)),
  };
}

/** Enough that a worker computes while its other tasks wait. */
function tasksPerWorkerFor(profile: Profile, { limit, workers }: ForecastPlan): number {
  const most = Math.max(1, Math.ceil(limit / workers));
  const share = heldShare(profile);
  if (share > 0.9) return 1;
  return share <= 0 ? most : Math.min(most, Math.ceil(2 / share));
}

/** Calls per second, as the tightest of what bounds them allows. */
function throughput(
  profile: Profile,
  machine: Machine,
  costs: WorkerCosts,
  workers: number,
  tasksPerWorker: number,
): number {
  const { heldMs, cpuMs, wallMs, transfer, perSecond } = profile;
  const hopMs = hopOf(profile, costs);
  const hereMs = transfer.hereMs + hopMs;
  const thereMs = transfer.thereMs + hopMs;
  const cores = Math.min(machine.parallelism, Math.max(1, workers));
  const bounds = [
    1 / hereMs, // this thread, which sends and receives
    cores / (hereMs + cpuMs + thereMs), // the cores, for all that computes
    workers / (heldMs + thereMs), // each worker's own loop
    (workers * tasksPerWorker) / (Math.max(wallMs, heldMs) + thereMs), // the places
  ];
  const computed = 1000 * Math.min(...bounds);
  return isSaturated(profile) ? computed : Math.min(computed, perSecond);
}

/** What a call costs each side beside its values. Short calls travel together. */
function hopOf(profile: Profile, costs: WorkerCosts): number {
  const { heldMs, transfer } = profile;
  const chunk = heldShare(profile) < 0.5 ? 1 : chunkOf(heldMs);
  const bytes = transfer.inputBytes + transfer.outputBytes;
  return costs.itemMs + costs.messageMs / chunk + costs.megabyteMs * megabytes(bytes);
}

function chunkOf(callMs: number): number {
  return Math.max(1, Math.min(LONGEST_CHUNK, Math.floor(CHUNK_MS / Math.max(callMs, 1e-6))));
}

function withStartUp(perSecond: number, startUpMs: number, items: number | undefined): number {
  if (items === undefined || items <= 0 || perSecond <= 0) return perSecond;
  return (1000 * items) / (startUpMs + (1000 * items) / perSecond);
}

function megabytes(bytes: number): number {
  return bytes / 2 ** 20;
}
