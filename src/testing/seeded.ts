/**
 * A reproducible source of numbers in [0, 1): the same on every platform and for ever.
 *
 * Marsaglia's 32-bit xorshift ("Xorshift RNGs", 2003); plenty for schedules, useless for secrets.
 */
export function seededRandom(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) | 0 || 1; // zero is the one state that it never leaves
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
