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

/** A moment of a stall, and how much of it that moment stands for. */
interface Moment {
  readonly sample: Sample;
  /** Callers first, without Node and us. */
  readonly path: readonly SeenFrame[];
  readonly weightMs: number;
}

/**
 * Whom the samples of a stall blame: the deepest function that was on the stack for most of it. Two that each
 * took a part are not guilty alone; then it is their common caller. One moment proves nothing: what was seen
 * there may have begun just then; so at least two must agree.
 */
export function verdictOn(samples: readonly Sample[], startMs: number, endMs: number): Verdict {
  const moments = weigh(samples, startMs, endMs);
  if (moments.length < 2) return unknown(UNKNOWN.short);
  const totalMs = moments.reduce((sum, { weightMs }) => sum + weightMs, 0);
  let left = moments.filter(({ path }) => path.length > 0);
  let found: Moment | undefined;
  let depth = 0;
  for (; ; depth += 1) {
    const next = heaviest(left, depth);
    const weightMs = next.reduce((sum, moment) => sum + moment.weightMs, 0);
    if (next.length < 2 || weightMs < totalMs * MOST) break;
    left = next;
    found = next.at(-1);
  }
  if (found === undefined) return unknown(whyNobody(moments));
  const frames = found.path.slice(0, depth).toReversed();
  return { frames, sample: found.sample, unknown: undefined };
}

function unknown(why: Unknown): Verdict {
  return { frames: [], sample: undefined, unknown: why };
}

function whyNobody(moments: readonly Moment[]): Unknown {
  const unseen = moments.some(({ sample }) => sample.frames === undefined);
  return unseen ? UNKNOWN.native : UNKNOWN.nobody;
}

/** Each moment stands for the time up to halfway to its neighbours. */
function weigh(samples: readonly Sample[], startMs: number, endMs: number): Moment[] {
  const paths = samples.map(pathOf);
  return samples.map((sample, i) => {
    const before = samples[i - 1]?.atMs;
    const after = samples[i + 1]?.atMs;
    const fromMs = before === undefined ? startMs : (before + sample.atMs) / 2;
    const untilMs = after === undefined ? endMs : (after + sample.atMs) / 2;
    // Whoever was on the stack before and after a moment that was not seen, was on it meanwhile.
    const path = paths[i] ?? inBoth(paths[i - 1] ?? [], paths[i + 1] ?? []);
    return { sample, path, weightMs: Math.max(0, untilMs - fromMs) };
  });
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
