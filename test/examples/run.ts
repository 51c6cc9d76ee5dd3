import { execFile } from "node:child_process";
import type { Compiled } from "./compile.js";

const CAP_MS = 100_000;

/**
 * Runs an example in a process of its own, so that none can disturb the next and each has an exit
 * code. Returns what is wrong with it, or nothing.
 */
export function faultOf({ example, command, errors }: Compiled): Promise<string | undefined> {
  if (errors.length > 0) return Promise.resolve(errors.join("\n"));
  if (example.noRun !== undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const args = ["--enable-source-maps", ...command];
    const options = {
      timeout: CAP_MS,
      killSignal: "SIGKILL",
      env: { ...process.env, NODE_OPTIONS: "" },
    } as const;
    const child = execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (error?.killed) resolve(`${example.place}: still running after ${CAP_MS} ms`);
      else if (child.exitCode !== example.exitCode) {
        resolve(
          `${example.place}: exit code ${child.exitCode ?? child.signalCode}\n${stdout}${stderr}`,
        );
      } else resolve(wrongOutput(example.place, example.stdout, stdout));
    });
  });
}

function wrongOutput(
  place: string,
  claimed: string | undefined,
  printed: string,
): string | undefined {
  if (claimed === undefined || claimed.trimEnd() === printed.trimEnd()) return undefined;
  return `${place}: claims to print\n${claimed.trimEnd()}\nbut prints\n${printed.trimEnd()}`;
}
