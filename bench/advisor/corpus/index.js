/** The functions that the advisor is tried on, and which of them it may be tuned with. */
import { createHash } from "node:crypto";
import { entries as blocking } from "./blocking.js";
import { entries as compression } from "./compression.js";
import { entries as hashing } from "./hashing.js";
import { entries as image } from "./image.js";
import { entries as io } from "./io.js";
import { entries as json } from "./json.js";
import { entries as mixed } from "./mixed.js";
import { entries as numeric } from "./numeric.js";
import { entries as text } from "./text.js";

const all = [
  ...blocking,
  ...compression,
  ...hashing,
  ...image,
  ...io,
  ...json,
  ...mixed,
  ...numeric,
  ...text,
];

// A rule that nobody chose the outcome of: in the order of the hashes of their names, every other one.
const shuffled = all.toSorted((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1));

/** Looked at while the advisor's rules and thresholds were being found. @type {import("./entry.js").Entry[]} */
export const tuning = shuffled.filter((_, i) => i % 2 === 0);

/** Not measured before the rules were final. @type {import("./entry.js").Entry[]} */
export const heldOut = shuffled.filter((_, i) => i % 2 === 1);

function hashOf({ name }) {
  return createHash("sha256").update(name).digest("hex");
}
