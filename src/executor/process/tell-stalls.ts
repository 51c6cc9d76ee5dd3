import { Socket } from "node:net";
import type { ProcessWatch } from "../../loop/process-watch.js";
import { watchThisProcess } from "../../loop/watch-stalls.js";
import { STALLS_FD } from "./descriptors.js";

/** Has the loop of this worker process watched, and tells whoever started it. See `hear-stalls.ts`. */
export function tellStalls(setting: ProcessWatch["setting"]): void {
  const pipe = new Socket({ fd: STALLS_FD, writable: true });
  pipe.unref();
  pipe.on("error", () => {}); // nobody listens any more
  watchThisProcess({
    ...setting,
    onStall: (report) => pipe.write(`${JSON.stringify(report)}\n`),
  });
}
