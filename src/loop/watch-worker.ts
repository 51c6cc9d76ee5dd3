import { getEnvironmentData, isMainThread, threadId } from "node:worker_threads";
import type { WatchSetting } from "./watched-thread.js";

/** Under this name the setting of a watch is given to the worker threads that start after it. */
export const WATCHED = "weftwork.loop.watched";

/**
 * Has this worker thread watched, if the program that started it watches stalls; otherwise it costs nothing.
 * The threads of weftwork's executors call it by themselves.
 *
 * @example
 * await watchThisWorker(); // at the top of a worker of your own
 */
export async function watchThisWorker(): Promise<void> {
  const setting = isMainThread ? undefined : getEnvironmentData(WATCHED);
  if (setting === undefined) return;
  const { WatchedThread } = await import("./watched-thread.js");
  new WatchedThread(setting as unknown as WatchSetting, threadId);
}
