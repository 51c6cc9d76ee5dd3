import { createHook } from "node:async_hooks";
import { messageOf } from "../../../core/index.js";
import type { ExploreHost } from "./explore-host.js";
import type { Finding } from "./finding.js";
import { replaceGlobals } from "./outside-globals.js";
import { callerLine } from "./where.js";

interface OutsideOptions {
  readonly outside: "refuse" | "virtual";
  readonly traced?: boolean;
}

/** Watches for what the program does outside of the host's reach, until it is disposed. */
export function watchOutside(
  host: ExploreHost,
  { outside, traced = false }: OutsideOptions,
  found: (finding: Finding) => void,
): Disposable {
  const refuse = (what: string): void => {
    if (outside === "virtual" || host.strands.current === undefined) return;
    const way =
      'pass it in, put a step("...") in its place, or explore with { outside: "virtual" }';
    found(outsideFinding(`${what}: no seed can repeat it; ${way}`));
  };
  const watches = [replaceGlobals(host, refuse), catchUnhandled(found)];
  if (traced) watches.push(watchResources(host, found));
  return {
    [Symbol.dispose]() {
      for (const watch of watches) watch[Symbol.dispose]();
    },
  };
}

function outsideFinding(line: string): Finding {
  const where = callerLine();
  return { kind: "outside", lines: [where === undefined ? line : `${line} (${where})`] };
}

/** What Node makes behind promises and by printing; all else is a real timer, or I/O. */
const HARMLESS =
  /^(PROMISE|TickObject|Microtask|RANDOMBYTESREQUEST_SYNC|TTYWRAP|WRITEWRAP|PIPEWRAP)$/;

/** Sees what the program begins that ends outside. It slows every promise down, so one run has it and not all. */
function watchResources(host: ExploreHost, found: (finding: Finding) => void): Disposable {
  const hook = createHook({
    init(_id, type) {
      if (HARMLESS.test(type) || host.strands.current === undefined) return;
      if (/\bconsole\b/i.test(new Error().stack ?? "")) return; // test runners print by I/O of their own
      const way = 'put a step("...") in its place';
      found(outsideFinding(`real I/O or a real timer (${type}): no seed can repeat it; ${way}`));
    },
  });
  hook.enable();
  return {
    [Symbol.dispose]() {
      hook.disable();
    },
  };
}

/** Takes rejections that nobody looks at from whoever else would hear of them, such as the test runner. */
function catchUnhandled(found: (finding: Finding) => void): Disposable {
  const before = process.listeners("unhandledRejection");
  const heard = (error: unknown): void =>
    found({
      kind: "unhandled rejection",
      lines: [`a promise was rejected, and nobody looked: ${messageOf(error)}`],
      error,
    });
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", heard);
  return {
    [Symbol.dispose]() {
      process.off("unhandledRejection", heard);
      for (const listener of before) process.on("unhandledRejection", listener);
    },
  };
}
