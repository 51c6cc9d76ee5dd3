import { runMain } from "../../task/index.js";
import type { Arguments } from "../args/index.js";
import { told, usageError } from "../cli-error.js";
import { type MapPlan, runJob } from "./map-job.js";
import { optionsOf } from "./options.js";
import { openInput } from "./open-input.js";
import { standingOf } from "./open-output.js";
import { ownFiles, requireOwnFiles } from "./own-files.js";
import { moduleHash } from "./journal/index.js";
import { loadFunction, nameForCluster, parseAddress, textTasks } from "./task/index.js";

/** How long beyond the grace the end of a run may take: what is done is written. */
const CLOSING_MS = 5_000;

/** `weft map`: first all that can be wrong before anything starts, then the run. */
export async function runMap(args: Arguments): Promise<number> {
  const [address, ...files] = args.words;
  if (address === undefined) throw usageError("map wants a MODULE#EXPORT (weft map --help)");
  const options = optionsOf(args);
  const at = parseAddress(address);
  const own = ownFiles(options);
  const opened = await openInput(files, options, [...own.values()]);
  requireOwnFiles(own, files);
  const { path, url, name, fn } = await loadFunction(at);
  const { decoding } = opened.input;
  const tasks = await textTasks({ module: url, name, decoding, withInput: options.withInput });
  const { withInput } = options;
  if (options.model === "cluster") nameForCluster(tasks, fn, { decoding, withInput });
  const identity = {
    module: moduleHash(path),
    input: options.out === undefined ? {} : await opened.identity(),
    options: shapeOf(options, name),
  };
  const standing = standingOf(options, identity);
  const plan: MapPlan = { options, opened, tasks, identity, standing };
  return runMain((scope) => runJob(plan, scope).catch(told), {
    graceMs: options.graceMs + CLOSING_MS,
  });
}

/** The options that decide what an output looks like. */
function shapeOf(options: ReturnType<typeof optionsOf>, name: string) {
  return {
    export: name,
    "--format": options.format ?? "by ending",
    "--no-header": !options.header,
    "--unordered": !options.ordered,
    "--with-input": options.withInput,
    "--on-error": options.onError,
    "--errors": options.errors ?? "none",
  };
}
