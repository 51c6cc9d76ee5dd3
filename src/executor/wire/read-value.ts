import { copyAs } from "./bytes.js";
import { HEAD_BYTES } from "./frame.js";
import { TAG } from "./tag.js";
import type { FrameSpace } from "./write-value.js";

/** The value of the frame at `at`, whose head says `tag` and `inline`. `takeOther` finds what went another way. */
export function readValue(
  space: Pick<FrameSpace, "words" | "doubles" | "bytes">,
  at: number,
  tag: number,
  inline: number,
  takeOther: (bytes: Buffer) => unknown,
): unknown {
  const start = at + HEAD_BYTES;
  const { bytes } = space;
  switch (tag) {
    case TAG.undefined:
      return undefined;
    case TAG.null:
      return null;
    case TAG.true:
      return true;
    case TAG.false:
      return false;
    case TAG.integer:
      return inline;
    case TAG.double:
      return space.doubles[start >> 3];
    case TAG.ascii:
      return bytes.toString("latin1", start, start + inline);
    case TAG.utf16:
      return bytes.toString("utf16le", start, start + inline);
    case TAG.asciiJson:
      return JSON.parse(bytes.toString("latin1", start, start + inline));
    case TAG.utf16Json:
      return JSON.parse(bytes.toString("utf16le", start, start + inline));
    case TAG.integers:
      return Array.from(space.words.subarray(start >> 2, (start >> 2) + inline));
    case TAG.doubles:
      return Array.from(space.doubles.subarray(start >> 3, (start >> 3) + inline));
    case TAG.other:
      return takeOther(bytes.subarray(start, start + inline));
    default:
      return copyAs(tag - TAG.bytes, bytes.subarray(start, start + inline));
  }
}
