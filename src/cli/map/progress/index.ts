/**
 * What a person sees of a map while it runs, and at its end; all of it on stderr.
 *
 * @module
 */
export { Meter } from "./meter.js";
export { Painter } from "./painter.js";
export type { Progress } from "./status.js";
export { summaryOf } from "./summary.js";
export { Tally } from "./tally.js";
export { timeText } from "./words.js";
