import { countText, rateText, timeText } from "./words.js";

/** What is told at the end. */
export interface Summary {
  readonly done: number;
  readonly failures: number;
  readonly first: readonly string[];
  readonly elapsedMs: number;
  readonly cpuMs: number;
  readonly delayP99Ms: number;
  readonly place: string;
  readonly reason: string | undefined;
}

export function summaryOf(summary: Summary): string {
  const { done, failures, first, elapsedMs, cpuMs, delayP99Ms, place, reason } = summary;
  const perSecond = (done / Math.max(1, elapsedMs)) * 1000;
  const cores = cpuMs / Math.max(1, elapsedMs);
  const lines = [
    `weft: ${countText(done)} inputs in ${timeText(elapsedMs)} (${rateText(perSecond)}), ${countText(failures)} failed`,
    `      CPU time ${timeText(cpuMs)}: ${cores.toFixed(1)} times what one core could do; loop delay p99 ${delayP99Ms.toFixed(0)} ms`,
    `      ${place}${reason === undefined ? "" : `: ${reason}`}`,
    ...first.map((failure) => `  failed  ${failure}`),
  ];
  if (failures > first.length)
    lines.push(`  failed  and ${countText(failures - first.length)} more`);
  return lines.join("\n");
}
