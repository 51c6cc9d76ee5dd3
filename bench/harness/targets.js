/**
 * What must hold in the figures of one case.
 *
 * @typedef {object} Target
 * @property {string} case
 * @property {string} text       as said to people
 * @property {number} atMost     what ours may be: times `of`, or in the figure's own unit
 * @property {string} [of]       the implementation that ours is compared to; "*": every peer; "npm": every peer of npm
 * @property {boolean} [aim]     hoped for, where the others must hold
 * @property {"peak"} [measure]  peak memory in MB instead of the case's figure
 */
import { median, ratio } from "./statistics.js";

// Written by hand here, as a limit or for reference: nobody's library.
const NOT_PEERS = ["raw", "bare", "weftwork", "postMessage"];

/** Compares the results with the targets: `actual` and `allowed`, or neither if not measured. */
export function judge(targets, measuredCases) {
  return targets
    .filter((target) => measuredCases.some(({ benchCase }) => benchCase.name === target.case))
    .map((target) => ({ target, ...compare(target, measuredCases) }));
}

function compare(target, measuredCases) {
  const { benchCase, results } = measuredCases.find((each) => each.benchCase.name === target.case);
  const ours = results.find((result) => result.implementation.name === "weftwork");
  if (!ours?.values.length) return {};
  if (target.measure === "peak") {
    return { actual: median(ours.peaksKb) / 1024, allowed: target.atMost, unit: "MB" };
  }
  if (!target.of) {
    return { actual: median(ours.values), allowed: target.atMost, unit: benchCase.unit };
  }
  const others = results.filter(
    ({ implementation, values }) => values.length > 0 && isMeant(target.of, implementation),
  );
  if (others.length === 0) return {};
  const worst = Math.max(...others.map((other) => ratio(ours.values, other.values)));
  return { actual: worst, allowed: target.atMost, unit: "x" };
}

function isMeant(of, { name, from }) {
  if (of === "*") return !NOT_PEERS.includes(name);
  return of === "npm" ? from !== undefined : name === of;
}
