import { NamedScope, type Scope } from "../../core/index.js";
import { RateLimiter } from "../../limit/index.js";
import { CliError, EXIT } from "../cli-error.js";
import { Ending } from "./ending.js";
import { type Identity, RangeSet, type Standing, Trail } from "./journal/index.js";
import { openOutput, type OpenOutput } from "./open-output.js";
import { openPlace } from "./open-place.js";
import type { OpenInput } from "./open-input.js";
import type { MapOptions } from "./options.js";
import { Checkpoints, Recorder } from "./record/index.js";
import { openWatch } from "../stalls/index.js";
import { timeText } from "./progress/index.js";
import { Report } from "./report.js";
import { MapLoop, Retries } from "./run/index.js";
import type { TextTasks } from "./task/index.js";
import { WatchedInput } from "./watched-input.js";

export interface MapPlan {
  readonly options: MapOptions;
  readonly opened: OpenInput;
  readonly tasks: TextTasks;
  readonly identity: Identity;
  readonly standing: Standing | undefined;
}

/** One run of `weft map`. Gives the exit code; undefined if the signal that cancelled `root` is to decide it. */
export async function runJob(plan: MapPlan, root: Scope): Promise<number | void> {
  const { options, identity, standing } = plan;
  if (standing?.ended === true) {
    say("nothing is left to do");
    return EXIT.ok;
  }
  const work = new NamedScope(undefined, "map");
  const ending = new Ending(work, () => loop.stop());
  const output = await openOutput(options, identity, standing, ending.broken);
  const fault: { error?: unknown } = {};
  const onBroken = (error: unknown): void => {
    fault.error = error;
    loop.stop();
  };
  const { recorder, report, place, loop } = assemble(plan, output, work, onBroken);
  const everyMs = options.fsyncMs;
  const checkpoints =
    output.journal &&
    new Checkpoints(output.journal, recorder, { everyMs, onBroken: ending.broken });
  root.onCancel(() => {
    report.say(`ending: what runs has ${timeText(options.graceMs)}; Ctrl-C again ends it now`);
    ending.stop(options.graceMs);
  });
  const watch = options.stalls && (await openWatch(options.stalls, report.tell));
  let failure: unknown;
  try {
    await ending.waitFor(loop.run());
    if (fault.error !== undefined)
      throw new CliError(EXIT.failed, brokenText(fault.error, options));
    if (!ending.isCut) await place.close();
  } catch (error) {
    failure = error;
  }
  recorder.close();
  const isThrough = !loop.stopped && failure === undefined;
  await (checkpoints?.finish(isThrough) ?? recorder.settled()).catch(ending.broken);
  watch?.[Symbol.dispose]();
  report.end();
  return outcome(plan, { ending, failure, root, failures: report.failures, isThrough });
}

function assemble(
  { options, opened, tasks, standing }: MapPlan,
  output: OpenOutput,
  work: NamedScope,
  onBroken: (error: unknown) => void,
) {
  const done = standing?.done ?? new RangeSet();
  const before = done.size;
  const isTrailed = opened.isNameless && output.journal !== undefined;
  const trail = isTrailed ? new Trail(standing?.mark) : undefined;
  const input = new WatchedInput(opened.input, trail);
  const collect = options.onError === "collect";
  const recorder = new Recorder({ ...output, collect, done, trail });
  const place = openPlace(options, tasks, work);
  const report = new Report({ options, input, place, before, taken: () => recorder.taken });
  const loop = new MapLoop(work, {
    input,
    place,
    results: recorder,
    retries: new Retries({ retries: options.retries, delayMs: options.retryDelayMs }),
    rate: options.rate && new RateLimiter(options.rate),
    ordered: options.ordered,
    mayFail: report.mayFail,
    isDone: (index) => done.has(index),
    onBroken,
  });
  return { recorder, report, place, loop };
}

const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

interface End {
  readonly ending: Ending;
  readonly failure: unknown;
  readonly root: Scope;
  readonly failures: number;
  readonly isThrough: boolean;
}

function outcome(
  { options }: MapPlan,
  { ending, failure, root, failures, isThrough }: End,
): number | void {
  const { out } = options;
  const goOn = goOnText(out);
  if (ending.cause !== undefined) {
    const { code, message } = ending.cause as NodeJS.ErrnoException;
    if (code === "EPIPE" && out === undefined) return EXIT.ok; // the reader has seen enough
    const why = FULL.has(code ?? "") ? `there is no room on the disk (${code})` : message;
    say(`${out ?? "stdout"} can't be written any more: ${why}${goOn}`);
    return EXIT.output;
  }
  if (failure instanceof CliError) throw failure;
  if (failure !== undefined) {
    say(`the input can't be read: ${(failure as Error).message}${goOn}`);
    return EXIT.failed;
  }
  if (root.cancelled) return say(`interrupted${goOn}`);
  if (!isThrough) say(`stopped after ${failures} failed${goOn}`);
  return failures > 0 ? EXIT.failed : EXIT.ok;
}

function goOnText(out: string | undefined): string {
  return out === undefined ? "" : "; the same command with --resume goes on from there";
}

function brokenText(error: unknown, { out }: MapOptions): string {
  return `${(error as Error).message}${goOnText(out)}`;
}

function say(text: string): void {
  process.stderr.write(`weft: ${text}\n`);
}
