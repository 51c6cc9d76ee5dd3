const HERE = import.meta.url.replace(/(\/(?:src|dist)\/).*$/, "$1").replace(/^file:\/\//, "");

/** The line of the user's program that led here, e.g. `bank.ts:12:9`; undefined if there is none. */
export function callerLine(stack: string = new Error().stack ?? ""): string | undefined {
  for (const frame of stack.split("\n").slice(1)) {
    const place = /(?:\()?((?:file:\/\/)?\/[^()]+|[A-Za-z]:\\[^()]+):(\d+):(\d+)\)?$/.exec(frame);
    if (place === null) continue;
    const [, file = "", line, column] = place;
    const path = file.replace(/^file:\/\//, "").replace(/\?.*$/, "");
    if (path.startsWith(HERE) && !path.includes(".test.")) continue;
    if (/\/node_modules\//.test(path) && !path.startsWith(HERE)) continue;
    return `${path.split(/[\\/]/).at(-1)}:${line}:${column}`;
  }
  return undefined;
}
