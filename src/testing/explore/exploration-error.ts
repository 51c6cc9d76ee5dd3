import { ConcurrencyError } from "../../core/index.js";
import type { Finding, FindingKind } from "./run/index.js";

/** What an {@link ExplorationError} knows of its schedule. */
export interface FoundSchedule {
  readonly replayId: string;
  /** How many schedules were tried until this one, it included. */
  readonly schedules: number;
  readonly table: string;
}

/** A schedule was found under which the program goes wrong. `cause` is what was thrown, if something was. */
export class ExplorationError extends ConcurrencyError {
  override name = "ExplorationError";
  /** What is wrong: see {@link FindingKind}. */
  readonly kind: FindingKind;
  /** For `replay`: does the same again. */
  readonly replayId: string;
  /** One row for each step, one column for each strand. */
  readonly schedule: string;

  constructor({ kind, lines, error }: Finding, found: FoundSchedule) {
    super(
      "SCHEDULE_FAILED",
      messageOf(kind, lines, found),
      error === undefined ? {} : { cause: error },
    );
    this.kind = kind;
    this.replayId = found.replayId;
    this.schedule = found.table;
  }
}

function messageOf(kind: FindingKind, lines: readonly string[], found: FoundSchedule): string {
  const { replayId, schedules, table } = found;
  return [
    `${kind}, in schedule ${schedules}`,
    "",
    ...lines.map((line) => `  ${line}`),
    "",
    "the schedule, as short as it could be made (* takes the turn from somebody who could go on):",
    "",
    table,
    "",
    `once more: await replay("${replayId}", program)`,
    "",
  ].join("\n");
}
