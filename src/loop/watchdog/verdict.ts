import { ofNode, ofWeftwork, type SeenFrame } from "../frame.js";
import type { Sample } from "./sample.js";
import { type Unknown, UNKNOWN } from "./unknown.js";

export interface Verdict {
  /** The culprit first. Empty if none is certain. */
  readonly frames: readonly SeenFrame[];
  /** The last sample in which it was seen. */
  readonly sample: Sample | undefined;
  readonly unknown: Unknown | undefined;
}

/** What part of a stall somebody must have been running to be blamed for it. */
const MOST = 2 / 3;

/** A part of a stall, and how long it was. */
interface Moment {
  /** What was seen then; undefined if nothing was, and the path is what was there before it and after it. */
  readonly sample: Sample | undefined;
  /** Callers first, without Node and us. */
  readonly path: readonly SeenFrame[];
  readonly weightMs: number;
}

/**
 * Whom the samples of a stall blame: the deepest function that was on the stack for most of it. Two that each
 * took a part are not guilty alone; then it is their common caller. One moment proves nothing: what was seen
 * there may have begun just then; so at least two must agree. Where the watchdog saw nothing for longer than it
 * meant to, nobody is known to have been there.
 */
export function verdictOn(
  samples: readonly Sample[],
  startMs: number,
  endMs: number,
  firstLookMs: number,
): Verdict {
  if (samples.length < 2) return unknown(UNKNOWN.short);
  const moments = weigh(samples, startMs, endMs, firstLookMs);
  const totalMs = endMs - startMs;
  let left = moments.filter(({ path }) => path.length > 0);
  let found: Moment | undefined;
  let depth = 0;
  for (; ; depth += 1) {
    const next = heaviest(left, depth);
    const weightMs = next.reduce((sum, moment) => sum + moment.weightMs, 0);
    const seen = next.filter(({ sample }) => sample !== undefined);
    if (seen.length < 2 || weightMs < totalMs * MOST) break;
    left = next;
    found = seen.at(-1);
  }
  if (found === undefined) return unknown(whyNobody(moments));
  const frames = found.path.slice(0, depth).toReversed();
  return { frames, sample: found.sample, unknown: undefined };
}

function unknown(why: Unknown): Verdict {
  return { frames: [], sample: undefined, unknown: why };
}

function whyNobody(moments: readonly Moment[]): Unknown {
  const unseen = moments.some(({ sample }) => sample !== undefined && sample.frames === undefined);
  return unseen ? UNKNOWN.native : UNKNOWN.nobody;
}

/**
 * A sample stands for the time up to halfway to its neighbours, but not for more than lies between two looks: each
 * comes after twice as long. What is left of a gap belongs to those who were there before it and after it.
 */
function weigh(
  samples: readonly Sample[],
  startMs: number,
  endMs: number,
  firstLookMs: number,
): Moment[] {
  const own = samples.map(pathOf);
  const paths = own.map((path, i) => path ?? inBoth(own[i - 1] ?? [], own[i + 1] ?? []));
  const moments: Moment[] = [];
  let untilMs = startMs;
  for (const [i, sample] of samples.entries()) {
    const path = paths[i]!;
    const after = samples[i + 1]?.atMs;
    const lateMs = sample.atMs - startMs;
    const halfMs = i === 0 ? startMs : (samples[i - 1]!.atMs + sample.atMs) / 2;
    const fromMs = Math.max(halfMs, sample.atMs - Math.max(2 * firstLookMs, lateMs / 2));
    const gapMs = Math.max(0, fromMs - untilMs);
    moments.push({ sample: undefined, path: inBoth(paths[i - 1] ?? [], path), weightMs: gapMs });
    untilMs = Math.min(
      after === undefined ? endMs : (sample.atMs + after) / 2,
      sample.atMs + Math.max(2 * firstLookMs, lateMs),
    );
    moments.push({ sample, path, weightMs: Math.max(0, untilMs - fromMs) });
  }
  return moments;
}

function pathOf({ frames }: Sample): SeenFrame[] | undefined {
  return frames?.filter((frame) => !ofNode(frame) && !ofWeftwork(frame)).toReversed();
}

function inBoth(before: readonly SeenFrame[], after: readonly SeenFrame[]): SeenFrame[] {
  const end = after.findIndex((frame, i) => {
    const other = before[i];
    return other === undefined || keyOf(other) !== keyOf(frame);
  });
  return after.slice(0, end < 0 ? after.length : end);
}

function keyOf({ file, functionName, startLine }: SeenFrame): string {
  return `${file}\n${functionName}\n${startLine}`;
}

/** Of those who are in the same function at `depth`, the ones that weigh most. */
function heaviest(moments: readonly Moment[], depth: number): Moment[] {
  const groups = new Map<string, Moment[]>();
  for (const moment of moments) {
    const frame = moment.path[depth];
    if (frame === undefined) continue;
    const key = keyOf(frame);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [moment]);
    else group.push(moment);
  }
  const weightOf = (group: Moment[]): number =>
    group.reduce((sum, { weightMs }) => sum + weightMs, 0);
  return [...groups.values()].toSorted((a, b) => weightOf(b) - weightOf(a))[0] ?? [];
}
