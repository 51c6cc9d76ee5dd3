/** Figures as people read them: with as many digits as one can believe. */
export function duration(ms: number): string {
  if (ms >= 10_000) return `${figure(ms / 1000)} s`;
  if (ms >= 0.1) return `${figure(ms)} ms`;
  if (ms > 0 && ms < 0.0001) return "less than 0.1 µs";
  return `${figure(ms * 1000)} µs`;
}

export function percent(share: number): string {
  return `${figure(100 * share)} %`;
}

export function times(factor: number): string {
  return `${figure(factor)} times`;
}

export function count(value: number): string {
  return value >= 10 ? Math.round(value).toLocaleString("en") : figure(value);
}

export function megabytes(mb: number): string {
  return `${figure(mb)} MB`;
}

function figure(value: number): string {
  if (value >= 10) return Math.round(value).toLocaleString("en");
  return String(Number(value.toFixed(1)));
}
