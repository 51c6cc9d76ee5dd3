import { median } from "../harness/statistics.js";
import { number, table } from "../harness/table.js";

const MODELS = ["async", "threads", "processes"];
/** What the advice promises: the median and the worst of its regret. */
const TARGETS = { median: 0.1, worst: 0.3 };

/**
 * Adds what follows from the times: the best model, and what any other choice costs beyond it. Models are
 * compared within each round, in which they had the same neighbours, and the median of the rounds counts.
 */
export function resultOf({ timesMs, ...rest }) {
  const ms = Object.fromEntries(
    Object.entries(timesMs).map(([model, times]) => [model, median(times)]),
  );
  const beyond = (model, other) =>
    median(timesMs[model].map((time, round) => time / timesMs[other][round])) - 1;
  const regret = (model) => Math.max(0, ...MODELS.map((other) => beyond(model, other)));
  const regrets = Object.fromEntries([...MODELS, "auto"].map((model) => [model, regret(model)]));
  const best = MODELS.toSorted((a, b) => regrets[a] - regrets[b])[0];
  const pick = regrets[rest.advice.model];
  return { ...rest, timesMs, ms, best, regrets, pick, wins: wins(timesMs, rest.advice.model) };
}

/** In how many rounds the model was the fastest of all: a regret that comes and goes is noise. */
function wins(timesMs, model) {
  return timesMs[model].filter((time, round) =>
    MODELS.every((other) => timesMs[other][round] >= time),
  ).length;
}

export function printHalf(half, results) {
  const rows = results.map(({ name, ms, timesMs, best, advice, pick, wins, regrets, decision }) => [
    name,
    ...[...MODELS, "auto"].map((model) => number(ms[model])),
    best,
    `${advice.model}${advice.model === best ? "" : " (!)"}`,
    percent(pick),
    `${wins} of ${timesMs.async.length}`,
    percent(regrets.auto),
    `${decision.model === "async" ? "loop" : "threads"}; ${advice.reason}`,
  ]);
  const head = ["", "async ms", "threads ms", "processes ms", "auto ms", "best", "advice"];
  console.log(`\n${half}: ${results.length} functions\n`);
  console.log(
    table([...head, "its regret", "fastest in", "auto's", "auto is on; the advice's reason"], rows),
  );
  const policies = {
    "the advice": results.map((each) => each.pick),
    "AutoExecutor, cold": results.map((each) => each.regrets.auto),
    ...Object.fromEntries(
      MODELS.map((model) => [`always ${model}`, results.map((each) => each.regrets[model])]),
    ),
  };
  const lines = Object.entries(policies).map(([name, all]) => [
    name,
    percent(median(all)),
    percent(Math.max(...all)),
    `${all.filter((regret) => regret > TARGETS.worst).length} beyond ${percent(TARGETS.worst)}`,
  ]);
  console.log(`\n${table(["regret of", "median", "worst", ""], lines)}`);
  const [mid, worst] = [median(policies["the advice"]), Math.max(...policies["the advice"])];
  console.log(
    `\ntarget: ${percent(TARGETS.median)} in the median (${mid <= TARGETS.median ? "met" : "missed"}), ` +
      `${percent(TARGETS.worst)} at worst (${worst <= TARGETS.worst ? "met" : "missed"})`,
  );
}

function percent(share) {
  return `${number(100 * share)} %`;
}
