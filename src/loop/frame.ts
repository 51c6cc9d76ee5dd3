import { fileURLToPath } from "node:url";

/** A place in somebody's code. Lines and columns begin at 1. */
export interface StallFrame {
  readonly functionName: string;
  /** A path, or a URL if it is no file; where a source map says so, the original. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A frame as it was seen on a stack. Where its function begins tells functions without a name apart. */
export interface SeenFrame extends StallFrame {
  readonly startLine: number;
}

/** Frames of Node itself, which nobody can mend. */
export function ofNode({ file }: StallFrame): boolean {
  return file.startsWith("node:") || file === "";
}

/** Where this package's code stands; if it was bundled into a program, nowhere. */
const OURS = ((): string | undefined => {
  try {
    return new URL("dist/", import.meta.resolve("weftwork/package.json")).href;
  } catch {
    return undefined;
  }
})();

/** Frames of this package, which only carried what somebody else's code did. */
export function ofWeftwork({ file }: StallFrame): boolean {
  return OURS !== undefined && (file.startsWith(OURS) || file.startsWith(fileURLToPath(OURS)));
}

export function showFrame({ functionName, file, line, column }: StallFrame): string {
  const place = `${file}:${line}:${column}`;
  return functionName === "" ? place : `${functionName} (${place})`;
}

/** The frames of the caller, from `CallSite`s: positions as they ran, before any source map. */
export function callerFrames(below: (...args: never[]) => unknown, limit: number): SeenFrame[] {
  const { stackTraceLimit } = Error;
  const prepare = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  Error.stackTraceLimit = limit;
  Error.prepareStackTrace = (_, sites) => sites;
  const holder: { stack?: NodeJS.CallSite[] } = {};
  try {
    Error.captureStackTrace(holder, below);
    return (holder.stack ?? []).map((site) => ({
      functionName: site.getFunctionName() ?? "",
      file: site.getFileName() ?? "",
      line: site.getLineNumber() ?? 0,
      column: site.getColumnNumber() ?? 0,
      startLine: (site as { getEnclosingLineNumber?(): number }).getEnclosingLineNumber?.() ?? 0,
    }));
  } finally {
    if (prepare === undefined) delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
    else Object.defineProperty(Error, "prepareStackTrace", prepare);
    Error.stackTraceLimit = stackTraceLimit;
  }
}
