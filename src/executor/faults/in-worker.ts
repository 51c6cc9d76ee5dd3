/** True in a thread or process of a pool; the test runner's own are none. */
export function inWorker(isMainThread: boolean): boolean {
  return !isMainThread || process.argv[1]?.endsWith("process-start.cjs") === true;
}
