import type { ExploreOptions, FindingKind, Program } from "../../../src/testing/index.js";

/** A classic bug, and what is right in its place. */
export interface Bug {
  readonly name: string;
  /** What the exploration says it is. */
  readonly kind: FindingKind;
  /** Found within so many seeds. */
  readonly seeds: { readonly random: number; readonly pct: number };
  /** The shortest schedule that shows it has at most so many steps. */
  readonly steps: number;
  /** For a livelock: what is taken for endless. */
  readonly maxSteps?: number;
  readonly program: (fixed: boolean) => Program<unknown>;
  /** How the fixed program is explored; exhaustively and wholly where nothing is said. */
  readonly fixed?: ExploreOptions;
}
