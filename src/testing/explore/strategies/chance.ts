import { seededRandom } from "../../seeded.js";

/**
 * Chance for a run, given its number. Runs are numbered 0, 1, 2, ..., and the first numbers of a xorshift
 * whose seeds lie so close are close too: half of the schedules would never be tried. So the bits are mixed
 * first (the finalizer of MurmurHash3, Appleby 2011).
 */
export function chanceOf(seed: number): () => number {
  let bits = (seed ^ Math.floor(seed / 2 ** 32)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return seededRandom(bits ^ (bits >>> 16));
}
