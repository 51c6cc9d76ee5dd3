import { withTaskGroup } from "../../../src/index.js";
import { explore, type Program, step } from "../../../src/testing/explore/index.js";

/** Explorations by the law that they hold a primitive to. */
export type Explorations = Readonly<Record<string, () => Promise<unknown>>>;

/** For long explorations by hand; see CONTRIBUTING. How often the turn is taken from somebody, in all small ones. */
const PREEMPTIONS = process.env["WEFT_EXPLORE_PREEMPTIONS"];

/** For two or three tasks and few operations: every schedule with two preemptions, or as many as it takes. */
export function small(program: Program<unknown>, preemptions = 2): () => Promise<unknown> {
  const options = { strategy: "exhaustive", preemptions } as const;
  if (PREEMPTIONS === undefined) return () => explore(program, options);
  const more = { preemptions: Number(PREEMPTIONS), maxSchedules: Infinity };
  return () => explore(program, { ...options, ...more });
}

/** For more: at random and by priorities. */
export function large(program: Program<unknown>): () => Promise<unknown> {
  return async () => {
    await explore(program, { seeds: 60 });
    await explore(program, { strategy: "pct", seeds: 60 });
  };
}

type Worker = (scope: { readonly signal: AbortSignal }) => Promise<unknown>;

/** Runs the workers as tasks A, B, C, ..., and cancels those named `leaving`, one after the other, at some time. */
export async function tasks(workers: readonly Worker[], leaving = ""): Promise<void> {
  await withTaskGroup((group) => {
    const started = workers.map((worker, i) => group.spawn(worker, { name: "ABCDEFGH"[i]! }));
    if (leaving === "") return;
    group.spawn(
      async () => {
        for (const name of leaving) {
          await step(`cancel ${name}`);
          started.find((task) => task.name === name)?.cancel();
        }
      },
      { name: "canceller" },
    );
  });
}
