/** Throws with `claim` unless it holds. */
export function assert(holds: boolean, claim: string): void {
  if (!holds) throw new Error(claim);
}

interface Place {
  readonly plain: Int32Array;
  readonly step: () => void;
}

/** Is where one may be at a time. */
export function alone({ plain, step }: Place): void {
  plain[0]! += 1;
  step();
  assert(plain[0] === 1, "two are in where one may be");
  plain[0]! -= 1;
  plain[1]! += 1; // how often anybody was
}

/** Resolves to how it failed: its code, or its message if it has none. */
export async function failureOf(promise: Promise<unknown>): Promise<string | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if ((error as Error).constructor.name === "Stopped") throw error;
    return code ?? message;
  }
}
