import { OneTimer } from "../../jobs/index.js";

/** Waits for `work`, but no longer. */
export async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  const timer = new OneTimer();
  const late = new Promise<void>((resolve) => timer.start(resolve, limitMs));
  await Promise.race([work.catch(() => {}), late]);
  timer.stop();
}
