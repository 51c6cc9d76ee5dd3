import type { Mutant } from "../bundle.js";

/** Takes away one wake-up, one look, one step of a protocol; what the scenario notices. */
export interface Seeded extends Mutant {
  readonly scenario: string;
}

export const mutant = (
  scenario: string,
  file: string,
  name: string,
  find: string,
  put: string,
): Seeded => ({ name, file: `${file}.ts`, find, put, scenario });
