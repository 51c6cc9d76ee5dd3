/** What a time limit that ran out says: on both sides the same. */
export function outOfTime(task: string, timeoutMs: number): string {
  return `task "${task}" timed out after ${timeoutMs} ms`;
}
