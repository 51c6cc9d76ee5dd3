/** The middle value: one disturbed run out of five does not move it. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median of every named figure: `[{ a: 1 }, { a: 3 }, { a: 2 }]` gives `{ a: 2 }`. */
export function medians(records) {
  const names = Object.keys(records[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [name, median(records.map((record) => record[name]))]),
  );
}

/**
 * How many times `figures` is `others`. Taken round by round, since neighbours in time share what the
 * machine was doing; the median of these ratios is steadier than the ratio of the medians.
 */
export function ratio(figures, others) {
  const rounds = Math.min(figures.length, others.length);
  return median(Array.from({ length: rounds }, (_, round) => figures[round] / others[round]));
}
