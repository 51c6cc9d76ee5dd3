import { expect, test } from "vitest";
import { CancelledError, CancelScope, realHost, scopeOf } from "./index.js";

const made = AbortController;

/** Counts the controllers that are made while `run` runs. */
function controllersMade(run: () => void): number {
  let count = 0;
  globalThis.AbortController = class extends made {
    constructor() {
      super();
      count += 1;
    }
  };
  try {
    run();
  } finally {
    globalThis.AbortController = made;
  }
  return count;
}

test("a cancel goes down the tree and never up", () => {
  const root = new CancelScope();
  const middle = new CancelScope(root);
  const sibling = new CancelScope(root);
  const below = new CancelScope(middle);
  middle.cancel("enough");
  expect([root, sibling, middle, below].map((scope) => scope.cancelled)).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(below.reason).toBe("enough");
});

test("a scope made below a cancelled one is cancelled from its start", () => {
  const root = new CancelScope();
  root.cancel("early");
  const late = new CancelScope(root);
  expect(late.cancelled).toBe(true);
  expect(late.reason).toBe("early");
  expect(late.signal.aborted).toBe(true);
});

test("all below are marked before anybody is told, and parents are told first", () => {
  const root = new CancelScope();
  const middle = new CancelScope(root);
  const below = new CancelScope(middle);
  const seen: string[] = [];
  const look = (name: string) => () => {
    const marked = [root, middle, below].every((scope) => scope.cancelled);
    seen.push(`${name} sees ${marked ? "all" : "some"} cancelled`);
  };
  below.onCancel(look("below"));
  middle.onCancel(look("middle"));
  root.onCancel(look("root"));
  root.signal.addEventListener("abort", look("a listener of root"));
  root.cancel();
  expect(seen).toEqual([
    "a listener of root sees all cancelled",
    "root sees all cancelled",
    "middle sees all cancelled",
    "below sees all cancelled",
  ]);
});

test("a shielded scope and all below it are passed over", () => {
  const root = new CancelScope();
  const shielded = new CancelScope(root, true);
  const below = new CancelScope(shielded);
  root.cancel();
  expect([shielded.cancelled, below.cancelled]).toEqual([false, false]);
  expect(new CancelScope(root, true).cancelled).toBe(false);
  shielded.cancel("after all");
  expect(below.reason).toBe("after all");
});

test("a scope is cancelled once: the first reason stays", () => {
  const root = new CancelScope();
  const below = new CancelScope(root);
  expect(below.cancel("first")).toBe(true);
  expect(below.cancel("second")).toBe(false);
  root.cancel("from above");
  expect(below.reason).toBe("first");
  expect(below.signal.reason).toBe("first");
});

test("without a reason it is a CancelledError, which other libraries know as AbortError", () => {
  const scope = new CancelScope();
  scope.cancel();
  expect(scope.reason).toBeInstanceOf(CancelledError);
  expect(scope.reason).toMatchObject({ name: "AbortError", code: "CANCELLED" });
});

test("throwIfCancelled throws the reason itself, a falsy one too", () => {
  const scope = new CancelScope();
  scope.throwIfCancelled();
  scope.cancel(null);
  let thrown: unknown = "nothing";
  try {
    scope.throwIfCancelled();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBe(null);
});

test("a controller is made on the first read of signal only", () => {
  const cancelling = controllersMade(() => {
    const root = new CancelScope();
    const below = new CancelScope(root);
    below.onCancel(() => {});
    root.cancel();
    below.end();
  });
  expect(cancelling).toBe(0);
  const scope = new CancelScope();
  const reading = controllersMade(() => {
    expect(scope.signal).toBe(scope.signal);
  });
  expect(reading).toBe(1);
});

test("the signal aborts with the scope, with its reason", () => {
  const before = new CancelScope();
  const { signal } = before;
  const reason = new Error("why");
  let heard: unknown;
  signal.addEventListener("abort", () => (heard = signal.reason));
  before.cancel(reason);
  expect(heard).toBe(reason);
});

test("many foreign listeners on the signal of a scope are meant: the platform does not warn", async () => {
  const warnings: string[] = [];
  const hear = (warning: Error): void => void warnings.push(warning.name);
  process.on("warning", hear);
  const { signal } = new CancelScope();
  for (let i = 0; i < 50; i += 1) signal.addEventListener("abort", () => i);
  await new Promise<void>((resolve) => realHost.soon(resolve));
  process.off("warning", hear);
  expect(warnings).toEqual([]);
});

test("a signal that a scope made leads back to the scope", () => {
  const scope = new CancelScope();
  expect(scopeOf({ signal: scope.signal })).toBe(scope);
  expect(scopeOf(scope)).toBe(scope);
});

test("propagation over 10,000 nested scopes does not recurse", () => {
  const root = new CancelScope();
  let last = root;
  let told = 0;
  for (let depth = 0; depth < 10_000; depth += 1) {
    last = new CancelScope(last);
    last.onCancel(() => (told += 1));
    void last.signal;
  }
  root.cancel("deep");
  expect(told).toBe(10_000);
  expect(last.reason).toBe("deep");
  expect(last.signal.aborted).toBe(true);
});

test("an ended scope is out of the tree: the parent forgets it and does not cancel it", () => {
  const root = new CancelScope();
  const ended = new CancelScope(root);
  const staying = new CancelScope(root);
  ended.end();
  ended.end();
  expect([...root.children]).toEqual([staying]);
  root.cancel();
  expect(ended.cancelled).toBe(false);
});
