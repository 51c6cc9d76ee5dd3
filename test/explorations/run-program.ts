import { execFile } from "node:child_process";
import { join } from "node:path";

export { nodes } from "../stalls/run-program.js";

const root = join(import.meta.dirname, "../..");

export interface Ended {
  readonly code: number | null;
  /** Without colours. */
  readonly output: string;
  readonly stderr: string;
}

/** Runs a Node with these arguments in a folder of `programs`, and waits for its end. */
export function runNode(
  node: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  // The runner of this test tells its children that they are part of it.
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, VITEST: ___, ...inherited } = process.env;
  const options = {
    cwd: join(import.meta.dirname, "programs"),
    env: { ...inherited, NO_COLOR: "1", FORCE_COLOR: "0", ...env },
  };
  return new Promise((resolve) => {
    const child = execFile(node, args, options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, output: stdout, stderr });
    });
  });
}

/** A tool of the project by its file. */
export function tool(path: string): string {
  return join(root, "node_modules", path);
}
