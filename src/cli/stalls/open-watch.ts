import type { StallOptions } from "./options.js";

/** Watches until it is disposed; `say` gets each report as text. It can name names from the beginning. */
export async function openWatch(
  options: StallOptions,
  say: (text: string) => void,
): Promise<Disposable> {
  const { formatStall, watchStalls } = await import("../../loop/index.js");
  const watch = watchStalls({
    ...options,
    onStall(report) {
      if (!report.lasting) say(formatStall(report)); // the watchdog has said what lasts
    },
  });
  await watch.ready;
  return watch;
}
