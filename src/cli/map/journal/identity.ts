/** What must be the same for a run to go on where another ended. */
export interface Identity {
  readonly module: string;
  /** Each input by its name, with the hash of what it holds. */
  readonly input: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string | boolean>>;
}

/** What is different now, in words. */
export function differences(before: Identity, now: Identity): string[] {
  const found: string[] = [];
  if (before.module !== now.module) found.push("the module has changed");
  for (const name of namesIn(before.input, now.input)) {
    const [then, today] = [before.input[name], now.input[name]];
    if (then === undefined) found.push(`the input ${name} is new`);
    else if (today === undefined) found.push(`the input ${name} is missing`);
    else if (then !== today) found.push(`the input ${name} has changed`);
  }
  // In another order, inputs have other numbers.
  if (
    found.length === 0 &&
    Object.keys(before.input).join("\0") !== Object.keys(now.input).join("\0")
  )
    found.push("the inputs come in another order");
  for (const name of namesIn(before.options, now.options)) {
    const [then, today] = [before.options[name], now.options[name]];
    if (then !== today) found.push(`${name} was ${String(then)} and is ${String(today)}`);
  }
  return found;
}

function namesIn(before: object, now: object): Set<string> {
  return new Set([...Object.keys(before), ...Object.keys(now)]);
}
