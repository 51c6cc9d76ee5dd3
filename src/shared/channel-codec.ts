import { deserialize, serialize } from "node:v8";
import { requireFunction, requireThat } from "../core/index.js";
import type { Packed } from "./byte-ring.js";

/** How the values of a channel become bytes or a text, and values again. */
export interface ChannelCodec<T> {
  encode(value: T): string | Uint8Array;
  /** Given what `encode` gave: a text, or bytes of its own. */
  decode(packed: string | Uint8Array): T;
}

/** The codecs that need no code: `clone` takes whatever a structured clone does, without transfers. */
export type CodecName = "bytes" | "utf8" | "json" | "clone";

const NAMED: Readonly<Record<CodecName, ChannelCodec<unknown>>> = {
  bytes: {
    encode(value) {
      requireThat(value instanceof Uint8Array, "value", "a Uint8Array", value);
      return value as Uint8Array;
    },
    decode: (packed: Packed) => packed,
  },
  utf8: {
    encode(value) {
      requireThat(typeof value === "string", "value", "a string", value);
      return value as string;
    },
    decode: (packed: Packed) => packed,
  },
  json: {
    encode(value) {
      const json = JSON.stringify(value) as string | undefined;
      requireThat(json !== undefined, "value", "something that JSON knows", value);
      return json as string;
    },
    decode: (packed: Packed) => JSON.parse(packed as string),
  },
  clone: {
    encode: (value) => serialize(value),
    decode: (packed: Packed) => deserialize(packed as Uint8Array),
  },
};

/** The codec of a name, or one's own as it is. */
export function codecOf<T>(codec: CodecName | ChannelCodec<T>): ChannelCodec<T> {
  if (typeof codec === "string") {
    const names = Object.keys(NAMED).join(", ");
    requireThat(Object.hasOwn(NAMED, codec), "codec", `one of ${names}, or your own`, codec);
    return NAMED[codec] as ChannelCodec<T>;
  }
  const { encode, decode } = Object(codec) as { encode?: unknown; decode?: unknown };
  requireFunction("codec.encode", encode);
  requireFunction("codec.decode", decode);
  return codec;
}
