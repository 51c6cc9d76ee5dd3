import type { StallFrame } from "../frame.js";
import type { StallKind } from "../stall-report.js";

const BY_MODULE: readonly (readonly [RegExp, StallKind])[] = [
  [/^(node:)?fs\b/, "sync-io"],
  [/^(node:)?(internal\/)?child_process\b/, "child-process"],
  [/^(node:)?(internal\/)?crypto\b/, "crypto"],
  [/^(node:)?zlib\b/, "zlib"],
  [/^JSON\b/, "json"],
];

/** A pause inside of a native call stands at the name of the method. */
const REGEXP = /^\.?(test|exec|match|matchAll|replace|replaceAll|search|split)\s*\(/;
const WAIT = /^\.?wait\s*\(/;

/** What kept the loop, by the call that is known, by the inner frames of Node, or by the text at the place. */
export function kindOf(
  call: string | undefined,
  seen: readonly StallFrame[],
  text: string,
): StallKind {
  const inner = seen[0]?.file ?? "";
  for (const [module, kind] of BY_MODULE)
    if (module.test(call ?? "") || (call === undefined && module.test(inner))) return kind;
  if (call !== undefined) return "cpu"; // structuredClone
  if (WAIT.test(text)) return "wait";
  return REGEXP.test(text) ? "regexp" : "cpu";
}
