import { host, messageOf, TaskGroupError, type Wait } from "../core/index.js";
import { ProcessExecutor, ThreadExecutor } from "../executor/index.js";
import { mapConcurrent } from "../pipeline/index.js";
import type { Forecast, Model } from "./advice.js";
import { allOf } from "./outcome.js";
import { again, type SampledTask, type SampleRun } from "./run-sample.js";

/** How a function did where it was tried: calls per second, or why it can't run there. */
export type Trial = { readonly perSecond: number } | { readonly refusal: string };

/** Of the time, before the measure begins: workers have started by then, but not compiled what they run. */
const WARM_UP_SHARE = 0.3;

/**
 * Runs `task` on the inputs where `forecast` is of, for a bounded time. What threads do to each other - at the
 * system's locks, in the memory's bandwidth, in the one I/O pool that they share - no single thread can tell.
 *
 * Inputs are those that gave an output on this thread: if one fails there, it is the place.
 */
export async function tryOut(
  task: SampledTask,
  { good, streams }: Pick<SampleRun, "good" | "streams">,
  { model, workers, tasksPerWorker }: Forecast,
  { timeMs, signal }: Wait & { readonly timeMs: number },
): Promise<Trial> {
  await using pool = openPool(model, { workers, tasksPerWorker, name: "the advisor's trial" });
  const generator = task as (input: unknown) => AsyncIterable<unknown>;
  const limit = 2 * workers * tasksPerWorker; // the next call is there when a place gets free
  const outputs = (source: Iterable<unknown>): AsyncIterable<unknown> =>
    streams
      ? mapConcurrent(source, (input, scope) => allOf(pool.stream(generator, input, scope)), {
          limit,
          signal,
        })
      : pool.map(task, source, { ordered: false, signal });
  const callsIn = async (ms: number, most: number): Promise<number> => {
    let calls = 0;
    for await (const _ of outputs(again(good, host.nowMs() + ms, most))) calls += 1;
    return calls;
  };
  try {
    await callsIn(Infinity, workers); // all have started
    await callsIn(WARM_UP_SHARE * timeMs, Infinity);
    const startMs = host.nowMs();
    const calls = await callsIn((1 - WARM_UP_SHARE) * timeMs, Infinity);
    return { perSecond: (1000 * calls) / Math.max(host.nowMs() - startMs, 1e-3) };
  } catch (error) {
    if (signal?.aborted) throw error;
    const first: unknown = error instanceof TaskGroupError ? error.errors[0] : error;
    return { refusal: `when tried there it failed with ${messageOf(first)}` };
  }
}

function openPool(
  model: Model,
  options: { workers: number; tasksPerWorker: number; name: string },
): ThreadExecutor | ProcessExecutor {
  return model === "threads" ? new ThreadExecutor(options) : new ProcessExecutor(options);
}
