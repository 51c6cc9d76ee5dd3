import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const WORKER = fileURLToPath(new URL("worker.js", import.meta.url));
const TIMEOUT_MS = 300_000;

/**
 * Measures one implementation once, in a fresh process.
 * Resolves with `{ value, peakKb, also }`, or with `{ failed }`: one that fails must not hide the others.
 */
export function measure(benchCase, implementation, { smoke, node }) {
  const size = sizeOf(benchCase, implementation, smoke);
  const warmUpSize = smoke || benchCase.once ? 0 : Math.ceil(size / 10);
  const sizes = [String(size), String(warmUpSize)];
  const [command, args] = implementation.python
    ? ["python3", [fileURLToPath(implementation.python), ...implementation.args, ...sizes]]
    : [
        node,
        [
          ...(benchCase.noFlags ? [] : ["--expose-gc"]),
          WORKER,
          benchCase.url,
          implementation.name,
          ...sizes,
        ],
      ];
  return new Promise((resolve) => {
    execFile(
      command,
      args,
      { timeout: TIMEOUT_MS, maxBuffer: 2 ** 24 },
      (error, stdout, stderr) => {
        resolve(error ? { failed: why(error, stderr) } : inUnit(benchCase, JSON.parse(stdout)));
      },
    );
  });
}

/** A worker tells nanoseconds, or the case's own figure. */
function inUnit({ figure, unitNs = 1 }, measured) {
  return figure ? measured : { ...measured, value: measured.value / unitNs };
}

/** How much work one run of `implementation` is: a slow one does less. */
export function sizeOf(benchCase, implementation, smoke) {
  if (smoke) return benchCase.smokeSize;
  return Math.ceil(benchCase.size / (implementation.divide ?? 1));
}

function why(error, stderr) {
  if (error.killed) return `no result after ${TIMEOUT_MS / 1000} s`;
  const lines = stderr.split("\n");
  const telling = lines.find((line) => /^\w*(Error|Exception)\b|^node: /.test(line));
  return telling ?? lines.find((line) => line.trim() !== "") ?? error.message;
}
