/** What this machine can't have is skipped here, and is a failure in CI. */
export function missing(what) {
  if (process.env.CI) return { passed: 0, failures: [`this machine can't have ${what}`] };
  console.log(`skipped  this machine can't have ${what}`);
  return { passed: 0, failures: [] };
}
