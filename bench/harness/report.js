import { writeFileSync } from "node:fs";
import { median, medians, ratio } from "./statistics.js";
import { number, table } from "./table.js";
import { versionOf } from "./peers.js";

/** Prints one case for people. */
export function printCase(benchCase, results, versions) {
  const valuesOf = (name) => results.find((result) => result.implementation.name === name)?.values;
  const times = (result, name) => {
    const others = valuesOf(name);
    return others?.length ? `${number(ratio(result.values, others))} x` : "";
  };
  const rows = results.map((result) => {
    const { implementation, values, peaksKb, size, failed } = result;
    const notes = [
      ...Object.entries(medians(result.also)).map(([name, value]) => `${name} ${number(value)}`),
      implementation.note,
      size < benchCase.size && `${count(size)} only`,
    ];
    const named = [implementation.name, versionOf(implementation, versions)];
    const rate = (text) => (benchCase.rate ? [text] : []);
    if (failed) return [...named, "failed", "", ...rate(""), "", "", "", failed];
    return [
      ...named,
      number(median(values)),
      `${number(Math.min(...values))}-${number(Math.max(...values))}`,
      ...rate(number(1e9 / (median(values) * (benchCase.unitNs ?? 1)))),
      times(result, "raw"),
      times(result, "weftwork"),
      `${number(median(peaksKb) / 1024)} MB`,
      notes.filter(Boolean).join("; "),
    ];
  });
  console.log(`\n${benchCase.name} (${count(benchCase.size)}): ${benchCase.title}\n`);
  const figures = [benchCase.unit, "min-max", ...(benchCase.rate ? [benchCase.rate] : [])];
  const head = ["", "version", ...figures, "of raw", "of ours", "peak", "note"];
  console.log(table(head, rows));
}

/** Prints the targets with what was measured. */
export function printTargets(judged) {
  if (judged.length === 0) return;
  const rows = judged.map(({ target, actual, allowed, unit }) => [
    target.case,
    target.aim ? `(aim) ${target.text}` : target.text,
    actual === undefined ? "not measured" : `${number(actual)} ${unit}`,
    actual === undefined ? "" : `${number(allowed)} ${unit}`,
    actual === undefined ? "" : verdict(actual / allowed),
  ]);
  console.log(`\nTargets\n\n${table(["case", "must", "is", "allowed", ""], rows)}`);
}

/** Writes every single figure, for programs. */
export function writeJson(path, measured, judged, versions) {
  const cases = measured.map(({ benchCase: { name, title, unit }, results }) => ({
    name,
    title,
    unit,
    results: results.map(({ implementation, size, values, peaksKb, also, failed }) => ({
      name: implementation.name,
      version: versionOf(implementation, versions),
      size,
      values,
      peaksKb,
      also,
      failed,
    })),
  }));
  writeFileSync(path, `${JSON.stringify({ versions, cases, targets: judged }, null, 2)}\n`);
}

function count(size) {
  return size.toLocaleString("en");
}

function verdict(share) {
  return share <= 1 ? "met" : `missed by ${number((share - 1) * 100)} %`;
}
