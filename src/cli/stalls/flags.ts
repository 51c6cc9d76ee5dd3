import type { Flag } from "../args/index.js";

export const stallFlags: readonly Flag[] = [
  { name: "watch-stalls", text: "tells on stderr what blocks the event loop, while it does" },
  { name: "stall-threshold", value: "T", text: "for how long at least: 50ms" },
];
