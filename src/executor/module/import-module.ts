import { isTypeScript } from "./is-typescript.js";
import { nameModule, refusalOf, type Refusal } from "./load-error.js";

/**
 * Imports the task module at a `file:` URL, in the worker that will run its tasks; gives its namespace.
 *
 * Node is always asked first, also for TypeScript: besides stripping types it may have a loader that the
 * user registered. Where it refuses, esbuild bundles the module.
 *
 * Errors: those of the module itself come as they are. One that can't be loaded is named in the message.
 */
export async function importModule(url: string): Promise<unknown> {
  if (!url.startsWith("file:")) pathOf(url); // throws, and says why
  try {
    return (await import(url)) as unknown;
  } catch (error) {
    const path = pathOf(url);
    const refusal = isTypeScript(path) ? refusalOf(error) : undefined;
    if (refusal === undefined) throw nameModule(error, path);
    return bundledOnce(url, refusal, error as Error);
  }
}

// As with `import`, a URL is one module in a thread, also when its files change meanwhile.
const bundled = new Map<string, Promise<unknown>>();

function bundledOnce(url: string, refusal: Refusal, error: Error): Promise<unknown> {
  let loading = bundled.get(url);
  if (loading === undefined) {
    loading = bundleInstead(url, refusal, error);
    bundled.set(url, loading);
    loading.catch(() => bundled.delete(url)); // it may have been mended by the next call
  }
  return loading;
}

async function bundleInstead(url: string, refusal: Refusal, native: Error): Promise<unknown> {
  const path = pathOf(url);
  // Only now: most workers load JavaScript, and start sooner without all this.
  const [{ findEsbuild }, { importBundled }] = await Promise.all([
    import("./esbuild.js"),
    import("./import-bundled.js"),
  ]);
  const esbuild = findEsbuild(url);
  if (esbuild === undefined) {
    throw refusal === "typescript" ? esbuildMissing(path, native) : nameModule(native, path);
  }
  try {
    return await importBundled(url, esbuild);
  } catch (error) {
    // Bundling did not help, so it was a mistake in the module, and Node's own error is the original one.
    const isLoadError = error instanceof SyntaxError || refusalOf(error) !== undefined;
    throw refusal === "unclear" && isLoadError ? nameModule(native, path) : error;
  }
}

function pathOf(url: string): string {
  return process.getBuiltinModule("node:url").fileURLToPath(url);
}

function esbuildMissing(path: string, cause: Error): Error {
  const stripsTypes = Boolean((process.features as { typescript?: unknown }).typescript);
  const newer = stripsTypes ? "" : "use Node >= 22.18, ";
  return new Error(
    `${path} is TypeScript that Node ${process.version} can't load (${cause.message}): ` +
      `install esbuild (npm i -D esbuild), ${newer}or compile it first`,
    { cause },
  );
}
