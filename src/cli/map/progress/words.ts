/** 12,345 */
export function countText(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

/** 0.42/s, 12.3/s, 1,234/s */
export function rateText(perSecond: number): string {
  const digits = perSecond >= 100 ? 0 : perSecond >= 1 ? 1 : 2;
  return `${perSecond.toLocaleString("en-US", { maximumFractionDigits: digits })}/s`;
}

/** 0.42 s, 12.3 s, 4m 05s, 2h 03m */
export function timeText(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 1) return `${seconds.toFixed(2)} s`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  if (hours > 0) return `${hours}h ${String(minutes).padStart(2, "0")}m`;
  return `${minutes}m ${String(whole % 60).padStart(2, "0")}s`;
}
