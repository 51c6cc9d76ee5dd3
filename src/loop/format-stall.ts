import { showFrame } from "./frame.js";
import type { StallReport } from "./stall-report.js";

const CALLERS = 4;

/** A report as a person reads it, in a few lines. */
export function formatStall(report: StallReport): string {
  const { process, thread, durationMs, lasting, frames, call, task, gcShare, kind, cure } = report;
  const worker = thread === 0 ? "" : ` of worker ${thread}`;
  const loop = `the event loop${worker}${process === undefined ? "" : ` of process ${process}`}`;
  const time = `${Math.round(durationMs)} ms`;
  const lines = [
    `${loop} ${lasting ? `has been blocked for ${time}, and still is` : `was blocked for ${time}`}`,
  ];
  const [culprit, ...callers] = frames;
  if (culprit === undefined) lines.push(`  by what is not known: ${report.unknownBecause ?? ""}`);
  else lines.push(`  by ${showFrame(culprit)}${call === undefined ? "" : `, in ${call}`}`);
  for (const caller of callers.slice(0, CALLERS)) lines.push(`    from ${showFrame(caller)}`);
  if (task !== undefined) {
    const spawned = task.spawnedAt === undefined ? "" : `, spawned at ${showFrame(task.spawnedAt)}`;
    lines.push(`  in task "${task.name}" (${task.id})${spawned}`);
  }
  const gc = gcShare >= 0.05 ? `; garbage collection ${Math.round(gcShare * 100)} %` : "";
  lines.push(`  kind: ${kind}${gc}`, `  cure: ${cure}`);
  return lines.join("\n");
}
