import type { Step } from "./run/index.js";

/** A wider table would be broken by terminals. */
const WIDEST = 110;

/**
 * The steps of a run for people: one column for each strand, one row for each step. A star marks a step at
 * which somebody was passed over who would have gone on by himself.
 */
export function table(steps: readonly Step[]): string {
  const columns = [...new Set(steps.map(({ who }) => who))];
  const widths = columns.map((who) =>
    Math.max(
      who.length,
      ...steps.filter((step) => step.who === who).map(({ what }) => what.length),
    ),
  );
  const digits = String(steps.length).length;
  const total = widths.reduce((sum, width) => sum + width + 2, digits + 4);
  if (total > WIDEST) return list(steps, digits);
  const line = (mark: string, number: string, cells: readonly string[]): string =>
    `${mark} ${number.padStart(digits)}  ${cells.join("  ")}`.trimEnd();
  const rows = steps.map((step, i) =>
    line(
      step.interferes ? "*" : " ",
      `${i + 1}`,
      columns.map((who, at) => (who === step.who ? step.what : "").padEnd(widths[at] ?? 0)),
    ),
  );
  return [
    line(
      " ",
      "",
      columns.map((who, at) => who.padEnd(widths[at] ?? 0)),
    ),
    ...rows,
  ].join("\n");
}

/** For many strands, or long labels. */
function list(steps: readonly Step[], digits: number): string {
  const widest = Math.max(...steps.map(({ who }) => who.length));
  return steps
    .map(({ who, what, interferes }, i) => {
      const mark = interferes ? "*" : " ";
      return `${mark} ${`${i + 1}`.padStart(digits)}  ${who.padEnd(widest)}  ${what}`;
    })
    .join("\n");
}
