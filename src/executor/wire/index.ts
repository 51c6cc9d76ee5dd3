/**
 * What a pool and its workers say to each other: frames, the values in them, and the words that both see.
 *
 * @module
 */
export { BYTES_CLASSES, type BytesClass, bytesClassOf, bytesOf, copyAs, isWhole } from "./bytes.js";
export { HEAD_BYTES, KIND } from "./frame.js";
export { Items } from "./items.js";
export { isPlain } from "./plain.js";
export type { Link, LinkEvents } from "./link.js";
export { readValue } from "./read-value.js";
export { type FrameSpace, writeFrame } from "./write-value.js";
export { WORD, WORD_COUNT, type Words, cancelWordOf, limitWordOf } from "./words.js";
