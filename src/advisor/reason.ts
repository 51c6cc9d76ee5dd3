import type { Forecast, TaskClass } from "./advice.js";
import { MARGIN } from "./choose.js";
import type { Profile } from "./profile.js";
import { count, duration, percent, times } from "./words.js";

const NAMES: Readonly<Record<TaskClass, string>> = {
  "io-bound": "I/O-bound",
  "cpu-bound": "CPU-bound",
  blocking: "blocking",
  "transfer-bound": "transfer-bound",
  mixed: "mixed",
};

/** Why `chosen` was chosen, in one sentence. */
export function reasonFor(
  taskClass: TaskClass,
  profile: Profile,
  forecasts: readonly Forecast[],
  chosen: Forecast,
): string {
  const { heldMs, cpuMs, wallMs } = profile;
  const busy = `${duration(heldMs)} busy of ${duration(Math.max(heldMs, wallMs))}`;
  const did =
    taskClass === "blocking"
      ? `${duration(heldMs)} of the loop held, ${duration(cpuMs)} of it computing`
      : busy;
  return `${NAMES[taskClass]}: ${did}; ${promise(taskClass, profile, forecasts, chosen)}`;
}

function promise(
  taskClass: TaskClass,
  profile: Profile,
  forecasts: readonly Forecast[],
  chosen: Forecast,
): string {
  if (chosen.model !== "async") {
    const share = percent(chosen.transferMs / Math.max(profile.heldMs, 1e-9));
    return `${promised(chosen)}, transfer ${share}`;
  }
  const rival = forecasts.find((each) => each.model === "threads");
  if (rival === undefined) return `async x${chosen.limit}`;
  if (!rival.possible) return `async, since threads are impossible: ${rival.refusal}`;
  const predicted = promised(rival);
  if (taskClass === "transfer-bound")
    return `${duration(rival.transferMs)} to move input and output, so parallelism does not pay: ${predicted}`;
  if (taskClass === "io-bound")
    return `async x${chosen.limit} predicted ${count(chosen.perSecond)} per second, the loop ${percent(profile.loopShare)} busy`;
  // It may be that it is new here, came back from there, or has too little to do.
  return rival.speedup >= MARGIN
    ? `on the loop for now, with ${predicted}`
    : `parallelism does not pay here: ${predicted}`;
}

function promised(there: Forecast): string {
  const { predicted, tried } = there;
  const did = tried === undefined ? "" : `, ${times(tried)} when tried`;
  return `${placeOf(there)} predicted ${times(predicted)}${did}`;
}

function placeOf({ model, workers, tasksPerWorker }: Forecast): string {
  return `${model} x${workers}${tasksPerWorker > 1 ? ` of ${tasksPerWorker} tasks` : ""}`;
}
