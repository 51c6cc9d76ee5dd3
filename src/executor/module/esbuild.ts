import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as Esbuild from "esbuild";

/** An esbuild that is installed, but not loaded yet: a module that is in the cache doesn't need it. */
export interface FoundEsbuild {
  readonly version: string;
  /** Runs `use` with an esbuild that nobody else has, and ends its child process afterwards. */
  run<T>(use: (esbuild: typeof Esbuild) => Promise<T>): Promise<T>;
}

/** Finds esbuild, an optional peer: that of the module's project first, then one beside weftwork. */
export function findEsbuild(moduleUrl: string): FoundEsbuild | undefined {
  for (const from of [moduleUrl, import.meta.url]) {
    const require = createRequire(from);
    try {
      const manifest = require.resolve("esbuild/package.json");
      const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
      return { version, run: (use) => runPrivately(require, use) };
    } catch {
      // Not here: the next place, or none.
    }
  }
  return undefined;
}

// `stop()` ends the one child process that an instance of esbuild has. Tasks may use esbuild too, and
// theirs must go on: so this one is loaded beside whatever the module cache holds.
async function runPrivately<T>(
  require: NodeJS.Require,
  use: (esbuild: typeof Esbuild) => Promise<T>,
): Promise<T> {
  const esbuild = loadPrivately(require);
  let running: Promise<T> | undefined;
  const children = childrenOf(() => (running = use(esbuild)));
  try {
    return await running!;
  } finally {
    await esbuild.stop();
    await Promise.all(children.map(ended));
  }
}

function loadPrivately(require: NodeJS.Require): typeof Esbuild {
  const path = require.resolve("esbuild");
  const shared = require.cache[path];
  delete require.cache[path];
  try {
    return require(path) as typeof Esbuild;
  } finally {
    if (shared === undefined) delete require.cache[path];
    else require.cache[path] = shared;
  }
}

/** The processes that `start` starts before it returns. */
function childrenOf(start: () => void): ChildProcess[] {
  const children: ChildProcess[] = [];
  const note = (message: unknown) => children.push((message as { process: ChildProcess }).process);
  subscribe("child_process", note);
  try {
    start();
  } finally {
    unsubscribe("child_process", note);
  }
  return children;
}

// esbuild only signals its child. If this thread ended before it is gone, nobody would ask how it ended,
// and it would stay behind as a zombie for as long as the program runs.
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  await once(child, "exit").catch(() => undefined); // one that could not be started tells the build so
}
