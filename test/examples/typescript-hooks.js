import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

/** Node's hook for loading a module: TypeScript goes through esbuild, file by file. */
export function load(url, context, nextLoad) {
  if (!url.endsWith(".ts")) return nextLoad(url, context);
  const sourcefile = fileURLToPath(url);
  const options = { loader: "ts", target: "es2022", sourcemap: "inline", sourcefile };
  const { code } = transformSync(readFileSync(sourcefile, "utf8"), options);
  return { format: "module", source: code, shortCircuit: true };
}
