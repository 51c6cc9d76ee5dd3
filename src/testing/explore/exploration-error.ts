import { ConcurrencyError } from "../../core/index.js";
import type { Finding, FindingKind } from "./run/index.js";

/** What an {@link ExplorationError} knows of its schedule. */
export interface FoundSchedule {
  readonly replayId: string;
  /** How many schedules were tried until this one, it included. */
  readonly schedules: number;
  readonly table: string;
  /** The frames of whoever explores: where in a test it went wrong. */
  readonly calledAt: string;
}

/** A schedule was found under which the program goes wrong. `cause` is what was thrown, if something was. */
export class ExplorationError extends ConcurrencyError {
  override name = "ExplorationError";
  /** What is wrong: see {@link FindingKind}. */
  readonly kind: FindingKind;
  /** For `replay`: does the same again. */
  readonly replayId: string;
  // No property of its own: the message has it, and `inspect` would print it once more, on one long line.
  readonly #schedule: string;

  constructor({ kind, lines, error }: Finding, found: FoundSchedule) {
    super(
      "SCHEDULE_FAILED",
      messageOf(kind, lines, found),
      error === undefined ? {} : { cause: error },
    );
    this.kind = kind;
    this.replayId = found.replayId;
    this.#schedule = found.table;
    this.stack = `${this.name}: ${this.message}\n${found.calledAt}`;
  }

  /** One row for each step, one column for each strand. */
  get schedule(): string {
    return this.#schedule;
  }
}

function messageOf(kind: FindingKind, lines: readonly string[], found: FoundSchedule): string {
  const { replayId, schedules, table } = found;
  const what = lines.flatMap((line) => line.trimEnd().split("\n"));
  return [
    `${kind}, in schedule ${schedules}`,
    "",
    ...what.map((line) => `  ${line}`.trimEnd()),
    "",
    ...(table === "" ? [`it takes no schedule to show this: ${NO_STEPS}`] : [AS_SHORT, "", table]),
    "",
    `once more: await replay("${replayId}", program)`,
    "",
  ].join("\n");
}

const AS_SHORT =
  "the schedule, as short as it could be made (* takes the turn from somebody who could go on):";

/** Of a program in which nothing is ever chosen. */
export const NO_STEPS: string =
  "the program waits for nothing of weftwork's. To let others go on at its own awaits, " +
  'put a step("...") there, or load its modules with weftwork/testing/register';
