import { readdirSync, readlinkSync } from "node:fs";
import { expect } from "vitest";
import { until } from "./watching.js";

/** What a pool might leave behind in its process, by kind and count. */
export function leftovers(): Record<string, number> {
  const found: Record<string, number> = {};
  const count = (what: string, by = 1): void => void (found[what] = (found[what] ?? 0) + by);
  for (const resource of process.getActiveResourcesInfo()) count(resource);
  for (const event of process.eventNames())
    count(`listeners of ${String(event)}`, process.listenerCount(event));
  for (const fd of readdirSync("/proc/self/fd")) count(kindOf(fd));
  return found;
}

/** Waits until nothing is here that was not there `before`. What ends, ends a few turns later. */
export async function nothingLeft(before: Record<string, number>): Promise<void> {
  const more = (): [string, number][] =>
    Object.entries(leftovers()).filter(
      ([what, count]) => !COMES_AND_GOES.test(what) && count > (before[what] ?? 0),
    );
  await until(() => more().length === 0).catch(() => expect(more()).toEqual([]));
}

/**
 * Of the test runner, and of the wait itself. And modules: a thread that is terminated while it loads one
 * leaves the file open, for which nobody but Node can do anything.
 */
const COMES_AND_GOES = /^(Timeout|Immediate|TTYWrap|FSReqPromise|fd of file .*\.m?[jt]s)$/;

function kindOf(fd: string): string {
  try {
    const target = readlinkSync(`/proc/self/fd/${fd}`);
    return target.startsWith("/") ? `fd of file ${target}` : `fd of ${target.replace(/:.*/, "")}`;
  } catch {
    return "fd of this very listing";
  }
}
