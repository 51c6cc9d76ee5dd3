const PACKAGE = import.meta.url.replace(/\/(?:src|dist)\/.*$/, "/").replace(/^file:\/\//, "");

/** The line of the user's program that led here, e.g. `bank.ts:12:9`; undefined if there is none. */
export function callerLine(stack: string = new Error().stack ?? ""): string | undefined {
  for (const frame of stack.split("\n").slice(1)) {
    const place = /(?:\()?((?:file:\/\/)?\/[^()]+|[A-Za-z]:\\[^()]+):(\d+):(\d+)\)?$/.exec(frame);
    if (place === null) continue;
    const [, file = "", line, column] = place;
    const path = file.replace(/^file:\/\//, "").replace(/\?.*$/, "");
    if (/\/node_modules\//.test(path) || isOurs(path)) continue;
    return `${path.split(/[\\/]/).at(-1)}:${line}:${column}`;
  }
  return undefined;
}

/** Part of the library: the built file, or the source that a source map leads to. */
function isOurs(path: string): boolean {
  const inside = path.startsWith(PACKAGE) ? path.slice(PACKAGE.length) : "";
  return /^(src|dist)\//.test(inside) && !inside.includes(".test.");
}
