import type { Job } from "../../jobs/index.js";
import type { WireRun } from "../wire/index.js";
import { PARCEL_BYTES, PARCEL_US, WORTH_US } from "./pace.js";

/** A task that is ready to be sent. */
export interface Packed {
  readonly job: Job;
  readonly run: WireRun;
  /** See `Pace.costUs`. */
  readonly costUs: number;
}

const MOST_RUNS = 1_000;

/**
 * Puts what is to be sent into parcels, in order: few, but enough that `freeSlots` hosts have something to do.
 * A task that fills a parcel's time by itself travels alone.
 */
export function partition(packed: readonly Packed[], freeSlots: number): Packed[][] {
  const sumUs = packed.reduce((sum, { costUs }) => sum + costUs, 0);
  const spread = Math.min(freeSlots, Math.ceil(sumUs / WORTH_US));
  const parcelUs = sumUs / Math.max(1, spread, Math.ceil(sumUs / PARCEL_US));
  const parcels: Packed[][] = [];
  let parcel: Packed[] = [];
  let us = 0;
  let bytes = 0;
  const close = (): void => {
    if (parcel.length > 0) parcels.push(parcel);
    parcel = [];
    us = 0;
    bytes = 0;
  };
  for (const each of packed) {
    const { length } = each.run.i;
    const alone = each.costUs >= PARCEL_US;
    if (alone || bytes + length > PARCEL_BYTES) close();
    parcel.push(each);
    us += each.costUs;
    bytes += length;
    if (alone || us >= parcelUs - 1e-6 || parcel.length >= MOST_RUNS) close();
  }
  close();
  return parcels;
}
