import { strictEqual } from "node:assert";

/** What all cases share: a process for each figure, since a command is run once. */
export const mapCase = (more) => ({
  once: true,
  rate: "inputs/s",
  check: ({ lines }, size) => strictEqual(lines, size),
  also: ({ peakMb }) => ({ "peak MB": Math.round(peakMb) }),
  ...more,
});

/** An implementation that is a run of commands. */
export const by = (name, run, more) => ({ name, load: async () => run, ...more });
