/** A fault that is put into the source of a primitive, as a change of its text. */
export interface Mutation {
  /** What is done wrong. */
  readonly fault: string;
  /** Below `src`. */
  readonly file: string;
  /** A text that the file has once. */
  readonly from: string;
  readonly to: string;
}

/** Faults by the primitive whose explorations must find them. */
export type Mutations = Readonly<Record<string, readonly Mutation[]>>;

/** Mutations of one file. */
export function of(
  file: string,
  ...faults: [fault: string, from: string, to: string][]
): Mutation[] {
  return faults.map(([fault, from, to]): Mutation => ({ fault, file, from, to }));
}
