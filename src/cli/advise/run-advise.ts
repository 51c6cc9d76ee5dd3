import { type Advice, advise, formatAdvice } from "../../advisor/index.js";
import { messageOf, type Scope } from "../../core/index.js";
import { runMain } from "../../task/index.js";
import { type Arguments, countOf, durationOf } from "../args/index.js";
import { CliError, EXIT, told, usageError } from "../cli-error.js";
import { inputOptionsOf } from "../map/input-options.js";
import { openInput } from "../map/open-input.js";
import { ASYNC_LIMIT } from "../map/open-place.js";
import { loadFunction, parseAddress, type TextTasks, textTasks } from "../map/task/index.js";
import { agreesTo, canAsk } from "./consent.js";
import { Sample } from "./sample.js";

const TIME_MS = 1_000;

/** `weft advise`: first all that can be wrong, then the question, then the sample. */
export async function runAdvise(args: Arguments): Promise<number> {
  const [address, ...files] = args.words;
  if (address === undefined) throw usageError("advise wants a MODULE#EXPORT (weft advise --help)");
  const options = {
    limit: countOf(args, "limit") ?? ASYNC_LIMIT,
    workers: countOf(args, "workers"),
    items: countOf(args, "items"),
    timeMs: durationOf(args, "time") ?? TIME_MS,
  };
  if (options.timeMs === 0) throw usageError('--time must be more than nothing, got "0"');
  const inputs = inputOptionsOf(args, files.length > 0);
  const at = parseAddress(address);
  const { input } = await openInput(files, inputs);
  const { url, name } = await loadFunction(at);
  if (!args.has("yes")) await requireConsent(address, options.timeMs);
  // What is measured is what a map would run: the reading of the input and the writing of the output too.
  const plan = { module: url, name, decoding: input.decoding, withInput: false };
  const tasks = await textTasks(plan);
  const run = async (scope: Scope): Promise<number> => {
    print(await adviceOn(tasks, new Sample(input), { ...options, scope }), args.has("json"));
    return EXIT.ok;
  };
  return runMain((scope) => run(scope).catch(told));
}

async function requireConsent(address: string, timeMs: number): Promise<void> {
  const does = `runs ${address} on the sample, some inputs more than once`;
  if (!canAsk())
    throw usageError(`advise really ${does}; where there is nobody to ask, say so by --yes`);
  const where = `for ${timeMs / 1000} s, and as long in workers where it may go faster`;
  const question = `This really ${does}, ${where}: what it does to the world, it does. Go on?`;
  if (!(await agreesTo(question))) throw new CliError(EXIT.failed, "nothing was run");
}

interface Plan {
  readonly limit: number;
  readonly workers: number | undefined;
  readonly items: number | undefined;
  readonly timeMs: number;
  readonly scope: Scope;
}

async function adviceOn(
  tasks: TextTasks,
  sample: Sample,
  { scope, ...options }: Plan,
): Promise<Advice> {
  try {
    const found = await advise(tasks.first, sample.texts(), { ...options, signal: scope.signal });
    return { ...found, warnings: [...found.warnings, ...sample.warnings] };
  } catch (error) {
    if (scope.cancelled) throw error;
    if (sample.taken === 0)
      throw usageError(["the sample is empty", ...sample.warnings].join(": "));
    throw new CliError(EXIT.failed, `every call failed, the first with ${messageOf(error)}`);
  }
}

function print(advice: Advice, asJson: boolean): void {
  const text = asJson
    ? JSON.stringify(advice, undefined, 2)
    : `${formatAdvice(advice)}\n\nfor weft map: ${flagsOf(advice)}`;
  process.stdout.write(`${text}\n`);
}

/** What makes a map run as was advised. */
function flagsOf({ model, ranking: [chosen] }: Advice): string {
  const { limit, workers, tasksPerWorker } = chosen!;
  if (model === "async") return `--model async --limit ${limit}`;
  return `--model ${model} --workers ${workers}${tasksPerWorker > 1 ? ` --limit ${limit}` : ""}`;
}
