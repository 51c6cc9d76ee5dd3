/**
 * How a value travels. Which way it takes, and why:
 *
 * - small things stand in the head, doubles and strings in bytes behind it;
 * - a small plain object goes as JSON, which is 1.5 times faster than a clone per message, and can't share
 *   an object with another message;
 * - an ArrayBuffer or typed array goes as its bytes, unless it is so large that a copy of it is better moved;
 * - all else, and what would not fit, is cloned, each value by itself: in one clone, two tasks whose inputs
 *   hold the same object would receive the same object.
 */
export const TAG = {
  undefined: 0,
  null: 1,
  true: 2,
  false: 3,
  /** A small integer is no heap object when it is read back, a double would be. */
  integer: 4,
  double: 5,
  /** One byte per character. */
  ascii: 6,
  /** Two bytes per character: unlike UTF-8 it keeps lone surrogates. */
  utf16: 7,
  asciiJson: 8,
  utf16Json: 9,
  /** An array of small integers, four bytes each. */
  integers: 10,
  /** An array of numbers, eight bytes each. */
  doubles: 11,
  other: 12,
  /** Bytes: of an ArrayBuffer, and from here on of each class of typed arrays. */
  bytes: 13,
} as const;
