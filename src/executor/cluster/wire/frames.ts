import type { PackedError } from "../../errors/index.js";
import { fieldsOf, isCount, malformed, parseJson } from "./shape.js";

/** What a host tells a submitter of a task. */
export const KIND = { started: 1, progress: 2, item: 3, done: 4, failed: 5 } as const;

/** `n` is the task's number; `d` the delivery, new whenever the task begins anew. */
export type Frame =
  | { readonly kind: typeof KIND.started; readonly n: number; readonly d: string }
  | { readonly kind: typeof KIND.progress; readonly n: number; readonly packed: string }
  | {
      readonly kind: typeof KIND.item;
      readonly n: number;
      readonly d: string;
      readonly at: number;
      readonly packed: string;
    }
  | {
      readonly kind: typeof KIND.done;
      readonly n: number;
      /** How long an input takes there; -1 if that is not known. */
      readonly averageUs: number;
      readonly packed: string;
      /** Of a stream: how many outputs it gave. */
      readonly items?: number;
    }
  | {
      readonly kind: typeof KIND.failed;
      readonly n: number;
      readonly averageUs: number;
      /** True if the error says only that it was cancelled. */
      readonly cancelled: boolean;
      readonly error: PackedError;
      /** Of a chunk: what the inputs before the failed one gave, and where that one stands. */
      readonly outputs?: string;
      readonly at?: number;
    };

/** Frames as the text of one entry of the submitter's stream. */
export function frameText(frames: readonly Frame[]): string {
  return JSON.stringify(frames);
}

/** Throws unless `text` is what {@link frameText} gives. */
export function readFrames(text: unknown): Frame[] {
  const frames = parseJson(text, "a reply");
  if (!Array.isArray(frames)) throw malformed("a reply is no list");
  return frames.map(readFrame);
}

function readFrame(value: unknown): Frame {
  const fields = fieldsOf(value);
  if (fields === undefined || !isCount(fields["n"])) throw malformed("a reply has no number");
  const { kind, n, d, at, packed, averageUs, cancelled, error, outputs, items } = fields;
  switch (kind) {
    case KIND.started:
      if (typeof d === "string") return { kind, n, d };
      break;
    case KIND.progress:
      if (typeof packed === "string") return { kind, n, packed };
      break;
    case KIND.item:
      if (typeof d === "string" && isCount(at) && typeof packed === "string")
        return { kind, n, d, at, packed };
      break;
    case KIND.done:
      if (typeof averageUs === "number" && typeof packed === "string")
        return { kind, n, averageUs, packed, ...(isCount(items) && { items }) };
      break;
    case KIND.failed:
      if (typeof averageUs !== "number" || typeof cancelled !== "boolean") break;
      return {
        kind,
        n,
        averageUs,
        cancelled,
        error: error as PackedError, // unpackError trusts nothing
        ...(typeof outputs === "string" && { outputs }),
        ...(isCount(at) && { at }),
      };
  }
  throw malformed(`a reply of kind ${JSON.stringify(kind)}`);
}
