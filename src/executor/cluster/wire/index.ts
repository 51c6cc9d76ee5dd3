/**
 * What submitters and hosts write to Redis, and how they read what the other wrote: as data, and never as
 * anything that could act.
 *
 * @module
 */
export { type Control, readControl, readSentControl } from "./control.js";
export { frameText, type Frame, KIND, readFrames } from "./frames.js";
export { type ClusterKeys, keysOf } from "./keys.js";
export { packValue, packValues, unpackValue, unpackValues } from "./pack-value.js";
export { type Parcel, readParcel, type WireRun } from "./parcel.js";
