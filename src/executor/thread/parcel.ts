import { packShared, unpackShared } from "../../shared/travel.js";

/** What a port carries in place of a value that is cloned: a second item if there are shared objects in it. */
export type Parcel = [value: unknown, holdsShared?: true];

export function packParcel(value: unknown): Parcel {
  const packed = packShared(value);
  return packed === value ? [value] : [packed, true];
}

export function openParcel([value, holdsShared]: Parcel): unknown {
  return holdsShared ? unpackShared(value) : value;
}
