/** What `run` returns, or undefined if it throws: for what runs foreign code, such as a getter. */
export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
