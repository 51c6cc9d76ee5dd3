import { existsSync } from "node:fs";
import { Module } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { importModule, isTypeScript } from "../../executor/module/index.js";
import type { Arguments } from "../args/index.js";
import { CliError, EXIT, usageError } from "../cli-error.js";
import { openWatch, stallOptionsOf } from "../stalls/index.js";

/** `weft run`: in this very process, so that signals, streams and the exit code are the program's own. */
export async function runScript(args: Arguments): Promise<number> {
  const [script, ...words] = args.words;
  if (script === undefined) throw usageError("run wants a SCRIPT (weft run --help)");
  const path = resolve(script);
  if (!existsSync(path)) throw new CliError(EXIT.module, `there is no script ${path}`);
  const stalls = stallOptionsOf(args);
  if (stalls !== undefined) await openWatch(stalls, (text) => process.stderr.write(`${text}\n`));
  process.argv.splice(1, Infinity, path, ...words);
  if (isTypeScript(path)) await importModule(pathToFileURL(path).href);
  else await runAsMain();
  return Number(process.exitCode ?? EXIT.ok); // what it has set by now; later it sets its own
}

/** As `node SCRIPT`: `require.main` is it. What it throws is an uncaught exception, and no failure of ours. */
function runAsMain(): Promise<void> {
  return new Promise((started) => {
    queueMicrotask(() => {
      try {
        Module.runMain();
      } finally {
        started();
      }
    });
  });
}
