import { copyBytes } from "../../shared/copy-bytes.js";
import { bytesClassOf, bytesOf } from "./bytes.js";
import { HEAD_BYTES } from "./frame.js";
import { Items } from "./items.js";
import { isPlain } from "./plain.js";
import { TAG } from "./tag.js";

/** Memory to write a frame to: a ring, or a batch for a pipe. */
export interface FrameSpace {
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  readonly bytes: Buffer;
  /** The longest frame that could ever be written here. */
  readonly longest: number;
  /** The most bytes that are written here as they are. */
  readonly mostBytes: number;
  hasRoom(byteLength: number): boolean;
  /** Takes the place for the next frame; -1 if there is no room now. May replace the views. */
  reserve(byteLength: number): number;
  /**
   * Takes a value that has no simple form. Bytes are written into the frame; undefined means that it has
   * gone another way. Throws if it can't be cloned.
   */
  takeOther(value: unknown, transfer: readonly object[] | undefined): Uint8Array | undefined;
}

/** Writes a frame. False if there is no room now; throws if the value can't be cloned. */
export function writeFrame(
  space: FrameSpace,
  kind: number,
  seq: number,
  a: number,
  b: number,
  value: unknown,
  transfer: readonly object[] | undefined,
): boolean {
  switch (typeof value) {
    case "undefined":
      return writeHead(space, kind, TAG.undefined, seq, a, b, 0, 0) >= 0;
    case "boolean":
      return writeHead(space, kind, value ? TAG.true : TAG.false, seq, a, b, 0, 0) >= 0;
    case "number": {
      if ((value | 0) === value && !Object.is(value, -0))
        return writeHead(space, kind, TAG.integer, seq, a, b, value, 0) >= 0;
      const at = writeHead(space, kind, TAG.double, seq, a, b, 8, 8);
      if (at >= 0) space.doubles[at >> 3] = value;
      return at >= 0;
    }
    case "string":
      if (value.length + HEAD_BYTES > space.longest) break;
      return writeText(space, kind, TAG.ascii, seq, a, b, value, value);
    case "object": {
      if (value === null) return writeHead(space, kind, TAG.null, seq, a, b, 0, 0) >= 0;
      if (value instanceof Items) return writeItems(space, kind, seq, a, b, value);
      if (transfer !== undefined) break;
      if (!isPlain(value)) return writeBytes(space, kind, seq, a, b, value);
      const json = JSON.stringify(value);
      if (json.length + HEAD_BYTES > space.longest) break;
      return writeText(space, kind, TAG.asciiJson, seq, a, b, json, value);
    }
    case "bigint":
    case "function":
    case "symbol":
      break; // cloning says what is wrong with it
  }
  return writeOther(space, kind, seq, a, b, value, transfer);
}

function writeHead(
  space: FrameSpace,
  kind: number,
  tag: number,
  seq: number,
  a: number,
  b: number,
  inline: number,
  length: number,
): number {
  const size = HEAD_BYTES + ((length + 7) & ~7);
  const at = space.reserve(size);
  if (at < 0) return -1;
  const { words } = space;
  const word = at >> 2;
  words[word] = size;
  words[word + 1] = kind | (tag << 8);
  words[word + 2] = seq;
  words[word + 3] = a;
  words[word + 4] = b;
  words[word + 5] = inline;
  return at + HEAD_BYTES;
}

function writeText(
  space: FrameSpace,
  kind: number,
  tag: number,
  seq: number,
  a: number,
  b: number,
  text: string,
  value: unknown,
): boolean {
  const ascii = Buffer.byteLength(text) === text.length;
  const length = ascii ? text.length : text.length * 2;
  if (length + HEAD_BYTES > space.longest)
    return writeOther(space, kind, seq, a, b, value, undefined);
  const at = writeHead(space, kind, ascii ? tag : tag + 1, seq, a, b, length, length);
  if (at < 0) return false;
  space.bytes.write(text, at, length, ascii ? "latin1" : "utf16le");
  return true;
}

function writeBytes(
  space: FrameSpace,
  kind: number,
  seq: number,
  a: number,
  b: number,
  value: object,
): boolean {
  const bytesClass = bytesClassOf(value);
  const bytes = bytesClass < 0 ? undefined : bytesOf(value);
  if (bytes === undefined || bytes.byteLength > space.mostBytes)
    return writeOther(space, kind, seq, a, b, value, undefined);
  const { byteLength } = bytes;
  const at = writeHead(space, kind, TAG.bytes + bytesClass, seq, a, b, byteLength, byteLength);
  if (at >= 0) copyBytes(bytes, space.bytes, at);
  return at >= 0;
}

function writeItems(
  space: FrameSpace,
  kind: number,
  seq: number,
  a: number,
  b: number,
  items: Items,
): boolean {
  const { shape, values } = items;
  if (shape === "json") {
    const json = JSON.stringify(values);
    if (json.length * 2 + HEAD_BYTES <= space.longest)
      return writeText(space, kind, TAG.asciiJson, seq, a, b, json, undefined);
  }
  const length = values.length * (shape === "integers" ? 4 : 8);
  if (shape === "json" || shape === "clones" || length + HEAD_BYTES > space.longest)
    return writeOther(space, kind, seq, a, b, items.separate(), undefined);
  const at = writeHead(space, kind, TAG[shape], seq, a, b, values.length, length);
  if (at < 0) return false;
  if (shape === "integers") space.words.set(values as number[], at >> 2);
  else space.doubles.set(values as number[], at >> 3);
  return true;
}

function writeOther(
  space: FrameSpace,
  kind: number,
  seq: number,
  a: number,
  b: number,
  value: unknown,
  transfer: readonly object[] | undefined,
): boolean {
  // Room first: what has gone another way can't be taken back.
  if (!space.hasRoom(HEAD_BYTES)) return false;
  const bytes = space.takeOther(value, transfer);
  const length = bytes?.length ?? 0;
  const at = writeHead(space, kind, TAG.other, seq, a, b, length, length);
  if (at < 0) return false;
  if (bytes !== undefined) space.bytes.set(bytes, at);
  return true;
}
