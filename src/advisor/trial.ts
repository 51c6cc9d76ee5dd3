import {
  ConcurrencyError,
  host,
  messageOf,
  TaskGroupError,
  TimeoutError,
  type Wait,
} from "../core/index.js";
import { ProcessExecutor, ThreadExecutor } from "../executor/index.js";
import { mapConcurrent } from "../pipeline/index.js";
import { withTimeout } from "../task/index.js";
import type { Forecast, Model } from "./advice.js";
import { allOf } from "./outcome.js";
import { again, type SampledTask, type SampleRun } from "./run-sample.js";

/** How a function did where it was tried: calls per second; why it can't run there; or why that wasn't found out. */
export type Trial =
  | { readonly perSecond: number }
  | { readonly refusal: string }
  | { readonly failure: string };

/** Of the time, before the measure begins: workers have started by then, but not compiled what they run. */
const WARM_UP_SHARE = 0.3;
/** Longer than so many times what a trial should take, nobody waits for it: the function may never end there. */
const PATIENCE = 10;
const STARTING_MS = 10_000;

/**
 * Runs `task` on the inputs where `there` is of, for a bounded time. What threads do to each other - at the system's
 * locks, in the memory's bandwidth, in the one I/O pool that they share - no single thread can tell.
 *
 * An error of the executor tells that it can't run there. One of the function's own may come of running it again.
 */
export async function tryOut(
  task: SampledTask,
  run: SampleRun,
  there: Forecast,
  { timeMs, signal }: Wait & { readonly timeMs: number },
): Promise<Trial> {
  if (run.good.length === 0) return { failure: "each input failed here, now or then" };
  await using pool = openPool(there.model, there);
  const limitMs = STARTING_MS + PATIENCE * (timeMs + Math.max(run.wallMs, run.heldMs));
  try {
    const trying = (scope: { readonly signal: AbortSignal }): Promise<number> =>
      callsPerSecond(pool, task, run, there, { timeMs, signal: scope.signal });
    // Inputs that failed here are left out there, and counted as calls that take no time.
    const perSecond = await withTimeout(limitMs, trying, { signal });
    return { perSecond: (perSecond * run.calls) / (run.calls - run.failed) };
  } catch (error) {
    if (signal?.aborted) throw error;
    const first: unknown = error instanceof TaskGroupError ? error.errors[0] : error;
    const told = `when tried there it failed with ${messageOf(first)}`;
    const cannot = first instanceof ConcurrencyError || first instanceof TimeoutError;
    return cannot ? { refusal: told } : { failure: told };
  }
}

async function callsPerSecond(
  pool: ThreadExecutor | ProcessExecutor,
  task: SampledTask,
  { good, streams }: SampleRun,
  { workers, tasksPerWorker, startUpMs }: Forecast,
  { timeMs, signal }: { readonly timeMs: number; readonly signal: AbortSignal },
): Promise<number> {
  const generator = task as (input: unknown) => AsyncIterable<unknown>;
  const limit = 2 * workers * tasksPerWorker; // the next call is there when a place gets free
  const outputs = (source: Iterable<unknown>): AsyncIterable<unknown> =>
    streams
      ? mapConcurrent(source, (input, scope) => allOf(pool.stream(generator, input, scope)), {
          limit,
          signal,
        })
      : pool.map(task, source, { ordered: false, signal });
  /** Calls that ended in time, and when the last of them did: after that, some workers have nothing to do. */
  const callsIn = async (ms: number, most: number): Promise<{ calls: number; tookMs: number }> => {
    const startMs = host.nowMs();
    let [calls, tookMs] = [0, 0];
    for await (const _ of outputs(again(good, startMs + ms, most))) {
      const nowMs = host.nowMs() - startMs;
      if (calls === 0 || nowMs <= ms) [calls, tookMs] = [calls + 1, nowMs];
    }
    return { calls, tookMs };
  };
  const first = await callsIn(Infinity, workers); // all have started
  const firstMs = first.tookMs - startUpMs;
  if (firstMs > timeMs) return (1000 * first.calls) / firstMs;
  await callsIn(WARM_UP_SHARE * timeMs, Infinity);
  const { calls, tookMs } = await callsIn((1 - WARM_UP_SHARE) * timeMs, Infinity);
  return (1000 * calls) / Math.max(tookMs, 1e-3);
}

function openPool(
  model: Model,
  { workers, tasksPerWorker }: Forecast,
): ThreadExecutor | ProcessExecutor {
  const options = { workers, tasksPerWorker, name: "the advisor's trial" };
  return model === "threads" ? new ThreadExecutor(options) : new ProcessExecutor(options);
}
