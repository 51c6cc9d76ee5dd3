import { CancelledError } from "../../core/index.js";
import { defineErrors } from "../../executor/errors/index.js";
import { defineTasks } from "../../executor/tasks/index.js";
import type { TaskScope } from "../../task/index.js";
import { type Door, knock } from "./knock.js";

/** An error of one's own, with all that an error can have. */
export class Conflict extends Error {
  override name = "Conflict";
  readonly code = "E_CONFLICT";
  readonly sku: string;

  constructor(sku: string) {
    super(`${sku} has been sold`, { cause: new RangeError("none left", { cause: "stock" }) });
    this.sku = sku;
  }
}
defineErrors({ Conflict });

/** Not registered: only its name, its fields and what it extends are known elsewhere. */
class Unregistered extends TypeError {
  override name = "Unregistered";
  readonly code = "E_UNREGISTERED";
}

type Generates<I> = (input: I, scope: TaskScope) => AsyncGenerator<number>;

/** Tells of each number before it gives it. */
async function* countTo(upTo: number, scope: TaskScope): AsyncGenerator<number> {
  for (let n = 1; n <= upTo; n += 1) {
    scope.report(n);
    yield n;
  }
}

async function* countThenFail(upTo: number, scope: TaskScope): AsyncGenerator<number> {
  yield* countTo(upTo, scope);
  throw new RangeError(`not beyond ${upTo}`);
}

/** Tells a gate when it is closed. */
async function* countUntilClosed(door: Door, scope: TaskScope): AsyncGenerator<number> {
  try {
    yield* countTo(Infinity, scope);
  } finally {
    await knock(door);
  }
}

/** Gives a number, and then what can't be cloned. */
async function* giveFunctions(): AsyncGenerator {
  yield 1;
  yield () => 2;
}

export const streams: {
  giveFunctions: () => AsyncGenerator;
  countTo: Generates<number>;
  countThenFail: Generates<number>;
  countUntilClosed: Generates<Door>;
} = defineTasks(import.meta.url, {
  giveFunctions,
  countTo,
  countThenFail,
  countUntilClosed,
});

const functions = {
  echo: (value: unknown): unknown => value,
  echoSoon: async (value: unknown): Promise<unknown> => value,
  throwAtOnce: (value: unknown): void => {
    throw value;
  },
  rejectSoon: async (value: unknown): Promise<void> => {
    throw value;
  },
  raiseConflict: async (sku: string): Promise<void> => {
    throw new Conflict(sku);
  },
  raiseUnregistered: (message: string): void => {
    throw new Unregistered(message);
  },
  raiseSeveral: (messages: string[]): void => {
    throw new AggregateError(
      messages.map((message) => new RangeError(message)),
      "several",
    );
  },
  readScope: (_: unknown, scope: TaskScope): object => ({
    attempt: scope.attempt,
    traceparent: scope.traceparent,
    cancelled: scope.cancelled,
  }),

  /** Waits at a gate. */
  hold: async (door: Door, scope: TaskScope): Promise<string> => {
    await knock(door, scope);
    return door.name;
  },
  /** Waits at a gate, whatever its scope says. */
  insist: async (door: Door, scope: TaskScope): Promise<string> => {
    scope.report("started");
    await knock(door);
    return door.name;
  },
  /** Waits to be cancelled, then at a gate, and rejects as the cancel wants it. */
  cleanUp: async (door: Door, scope: TaskScope): Promise<void> => {
    try {
      await cancelOf(scope);
    } finally {
      await knock(door);
    }
  },
  /** Is cancelled, and fails of something else. */
  failInCleanUp: async (message: string, scope: TaskScope): Promise<void> => {
    await cancelOf(scope).catch(() => {});
    throw new RangeError(message);
  },
  /** Is cancelled, and gives a value all the same. */
  finishAnyway: async (value: unknown, scope: TaskScope): Promise<unknown> => {
    await cancelOf(scope).catch(() => {});
    return value;
  },
  /** Tells what its scope was cancelled with. */
  tellReason: async (_: unknown, scope: TaskScope): Promise<unknown> => {
    const reason = (await cancelOf(scope).catch((error: unknown) => error)) as Error;
    const { cause } = reason as { cause?: Error };
    return { name: reason.name, message: reason.message, cause: cause?.name };
  },
  /** Rejects with an `AbortError`, though nobody has cancelled it. */
  abortForNothing: async (): Promise<void> => {
    throw new CancelledError("out of nowhere");
  },
  /** Computes, without a pause, until it sees that it is cancelled. */
  spin: (_: unknown, scope: TaskScope): void => {
    scope.report("spinning");
    while (!scope.cancelled);
    scope.throwIfCancelled();
  },
  failAtThree: (n: number): number => {
    if (n === 3) throw new RangeError("three");
    return n;
  },
  countProgress: (upTo: number, scope: TaskScope): void => {
    for (let n = 1; n <= upTo; n += 1) scope.report(n);
  },

  manyInDisguise: (upTo: number, scope: TaskScope): unknown => countTo(upTo, scope),

  /** Gives what can't be cloned. */
  giveFunction: (): unknown => () => 1,
  raiseWithFunction: (): void => {
    throw Object.assign(new RangeError("holds a function"), { held: () => 1 });
  },
  reportFunction: (_: unknown, scope: TaskScope): void => scope.report(() => 1),
  /** Ends its worker. */
  die: (exitCode: number): void => process.exit(exitCode),
  byteLength: (bytes: ArrayBuffer): number => bytes.byteLength,
};

/** What the laws run. Workers import this module. */
export const tasks: typeof functions = defineTasks(import.meta.url, functions);

/** Rejects with the reason when the scope is cancelled. */
function cancelOf(scope: TaskScope): Promise<never> {
  const cancelled = new Promise<never>((_, reject) => void scope.onCancel(reject));
  scope.report("waiting for the cancel");
  return cancelled;
}
