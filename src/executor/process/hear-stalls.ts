import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import { type ProcessWatch, processWatch } from "../../loop/process-watch.js";
import type { StallReport } from "../../loop/stall-report.js";

/** Passes on what a worker process tells of its own loop: a line of JSON for each stall. */
export function hearStalls(pipe: Socket, watch: ProcessWatch): void {
  pipe.unref();
  pipe.on("error", () => {}); // the process has died, which its exit says better
  createInterface({ input: pipe }).on("line", (line) => {
    if (processWatch() === watch) watch.onStall(JSON.parse(line) as StallReport);
  });
}
