import { countText, rateText, timeText } from "./words.js";

/** How a map stands, for people. */
export interface Progress {
  /** Inputs dealt with, those of earlier runs included. */
  readonly done: number;
  /** How many there are, if that is known. */
  readonly total: number | undefined;
  /** How much of the input has been dealt with, from 0 to 1, if that is known; and how much before this run. */
  readonly share: number | undefined;
  readonly shareBefore: number;
  readonly perSecond: number;
  readonly elapsedMs: number;
  readonly running: number;
  readonly waiting: number;
  readonly failed: number;
  readonly delayP99Ms: number;
  readonly place: string;
  /** Why there. */
  readonly reason: string | undefined;
}

const BAR = 24;

/** The lines that are painted over again and again. */
export function statusLines(progress: Progress): string[] {
  const { done, total, share, perSecond } = progress;
  const count = total === undefined ? countText(done) : `${countText(done)}/${countText(total)}`;
  const head = share === undefined ? count : `${bar(share)} ${percent(share)}  ${count}`;
  const eta = etaMs(progress);
  const ends = eta === undefined ? `for ${timeText(progress.elapsedMs)}` : `ETA ${timeText(eta)}`;
  return [`${head}  ${rateText(perSecond)}  ${ends}`, detail(progress), ...reasonOf(progress)];
}

/** The same in one line, for a log. */
export function statusLine(progress: Progress): string {
  const { done, share, perSecond } = progress;
  const known = share === undefined ? "" : ` (${percent(share).trim()})`;
  return `weft: ${countText(done)} done${known}, ${rateText(perSecond)}, ${detail(progress).trim()}`;
}

function detail({ running, waiting, failed, delayP99Ms, place }: Progress): string {
  const counts = `${countText(running)} running, ${countText(waiting)} waiting, ${countText(failed)} failed`;
  return `  ${counts}, loop delay p99 ${delayP99Ms.toFixed(0)} ms, ${place}`;
}

function reasonOf({ reason }: Progress): string[] {
  return reason === undefined ? [] : [`  ${reason}`];
}

function etaMs({ share = 1, shareBefore, elapsedMs }: Progress): number | undefined {
  const gained = share - shareBefore;
  return gained <= 0 || share >= 1 ? undefined : (elapsedMs / gained) * (1 - share);
}

function bar(share: number): string {
  const filled = Math.round(Math.min(1, share) * BAR);
  return `[${"=".repeat(filled)}${" ".repeat(BAR - filled)}]`;
}

function percent(share: number): string {
  return `${Math.floor(Math.min(1, share) * 100)}%`.padStart(4);
}
