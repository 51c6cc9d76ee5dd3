import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { exportedTask } from "../../../executor/exported/index.js";
import { CliError, EXIT, usageError } from "../../cli-error.js";

export interface FunctionAddress {
  readonly path: string;
  readonly url: string;
  readonly name: string;
}

export interface LoadedFunction extends FunctionAddress {
  readonly fn: (...args: never[]) => unknown;
}

/** Reads `MODULE#EXPORT`; without `#` it is the default export. */
export function parseAddress(text: string): FunctionAddress {
  const at = text.lastIndexOf("#");
  const module = at < 0 ? text : text.slice(0, at);
  const name = at < 0 ? "default" : text.slice(at + 1);
  if (module === "" || name === "") {
    throw usageError(`the function must be MODULE#EXPORT or MODULE, got ${JSON.stringify(text)}`);
  }
  const path = resolve(module);
  return { path, url: pathToFileURL(path).href, name };
}

/** Loads the module here, so that what is wrong with it is told before anything starts. */
export async function loadFunction(address: FunctionAddress): Promise<LoadedFunction> {
  const { path, url, name } = address;
  if (!existsSync(path)) throw new CliError(EXIT.module, `there is no module ${path}`);
  const fn = await exportedTask(url, name).catch((error: unknown) => {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new CliError(EXIT.module, `${path} can't be loaded: ${why}`, { cause: error });
  });
  if (typeof fn === "function") return { ...address, fn: fn as LoadedFunction["fn"] };
  const what = name === "default" ? "default export" : `export "${name}"`;
  throw new CliError(
    EXIT.module,
    fn === undefined ? `${path} has no ${what}` : `the ${what} of ${path} is no function`,
  );
}
