import type { Step } from "./run/index.js";

/** A wider table would be broken by terminals. */
const WIDEST = 110;

/** Of a longer one, so many rows of the beginning and of the end are shown. */
const LONGEST = 60;
const BEGINNING = 20;

/**
 * The steps of a run for people: one column for each strand, one row for each step. A star marks a step at
 * which somebody was passed over who would have gone on by himself.
 */
export function table(steps: readonly Step[]): string {
  const strands = [...new Set(steps.map(({ who }) => who))];
  const widths = strands.map((strand) => {
    const cells = steps.filter(({ who }) => who === strand).map(({ what }) => what.length);
    return Math.max(strand.length, ...cells);
  });
  const digits = String(steps.length).length;
  const narrow = widths.reduce((sum, width) => sum + width + 2, digits + 4) <= WIDEST;
  // For many strands, or long labels, a list.
  const columns = narrow ? strands : [""];
  const widest = Math.max(...strands.map((strand) => strand.length));
  const rows = steps.map(({ who, what, interferes }, i) => {
    const cells = narrow
      ? strands.map((strand, at) => (strand === who ? what : "").padEnd(widths[at] ?? 0))
      : [`${who.padEnd(widest)}  ${what}`];
    return rowOf(interferes ? "*" : " ", `${i + 1}`.padStart(digits), cells);
  });
  const head = rowOf(
    " ",
    " ".repeat(digits),
    columns.map((strand, at) => strand.padEnd(widths[at] ?? 0)),
  );
  return [...(narrow ? [head] : []), ...shortened(rows)].join("\n");
}

function rowOf(mark: string, number: string, cells: readonly string[]): string {
  return `${mark} ${number}  ${cells.join("  ")}`.trimEnd();
}

function shortened(rows: readonly string[]): readonly string[] {
  if (rows.length <= LONGEST) return rows;
  const left = rows.length - LONGEST;
  const end = rows.slice(rows.length - (LONGEST - BEGINNING));
  return [...rows.slice(0, BEGINNING), `  ... ${left} more steps ...`, ...end];
}
