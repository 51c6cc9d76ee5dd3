import type { Advice, Forecast } from "./advice.js";
import { count, duration, megabytes, times } from "./words.js";

const HEAD = ["", "per second", "of async", "loop delay", "memory", "start-up"];

/**
 * The advice as a table for people, with the reason above it. The advised model is marked.
 *
 * @example
 * const advice = await advise((n: number) => n * 2, [1, 2, 3], { timeMs: 50 });
 * if (!formatAdvice(advice).includes(advice.reason)) throw new Error("the reason is missing");
 */
export function formatAdvice({ model, reason, ranking, warnings }: Advice): string {
  const rows = ranking.map((each) => [
    `${each.model === model ? "*" : " "} ${each.model}${placeOf(each)}`,
    ...figuresOf(each),
  ]);
  const notes = warnings.map((warning) => `Warning: ${warning}.`);
  return [`${model}. ${reason}.`, "", table([HEAD, ...rows]), ...notes].join("\n");
}

function placeOf({ model, limit, workers, tasksPerWorker }: Forecast): string {
  if (model === "async") return ` x${limit}`;
  return ` x${workers}${tasksPerWorker > 1 ? ` of ${tasksPerWorker}` : ""}`;
}

function figuresOf(each: Forecast): string[] {
  if (!each.possible) return [`impossible: ${each.refusal}`];
  return [
    count(each.perSecond),
    times(each.speedup),
    duration(each.loopDelayMs),
    megabytes(each.memoryMb),
    each.startUpMs === 0 ? "-" : duration(each.startUpMs),
  ];
}

/** Columns: the first left-aligned, the others right-aligned. A row with one figure is a remark. */
function table(rows: readonly (readonly string[])[]): string {
  const whole = rows.filter((row) => row.length > 2);
  const widths = HEAD.map((_, column) =>
    Math.max(...whole.map((row) => row[column]?.length ?? 0), column === 0 ? widest(rows) : 0),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          if (column === 0) return cell.padEnd(widths[0] ?? 0);
          return row.length === 2 ? cell : cell.padStart(widths[column] ?? 0);
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function widest(rows: readonly (readonly string[])[]): number {
  return Math.max(...rows.map((row) => row[0]?.length ?? 0));
}
