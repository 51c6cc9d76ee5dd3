import { types } from "./node-util.js";
import { messageOf } from "../../core/index.js";
import { defineOwn } from "./define-own.js";
import { describe } from "./describe.js";
import { makeError } from "./make-error.js";
import type { PackedError } from "./packed-error.js";
import { submittedStack } from "./submitted-stack.js";
import { Unpacking } from "./unpacking.js";

/**
 * Rebuilds what `packError` packed. `submittedAt` is stack text of the place that submitted the work; its
 * frames follow the remote ones in the `stack` of an error.
 *
 * It never throws and trusts nothing: what `packError` cannot have made gives an error that describes it.
 */
export function unpackError(packed: PackedError, submittedAt: string | undefined): unknown {
  try {
    return withSubmitter(new Unpacking(packed.records).unpack(packed.thrown), submittedAt);
  } catch {
    const error = makeError(["Error"], []);
    const message = `an error came back that cannot be read: ${describe(packed)}`;
    defineOwn(error, "message", message, false);
    return withSubmitter(error, submittedAt);
  }
}

function withSubmitter(thrown: unknown, submittedAt: string | undefined): unknown {
  const isError = types.isNativeError(thrown) || thrown instanceof DOMException;
  if (!isError || submittedAt === undefined) return thrown;
  const own = Object.getOwnPropertyDescriptor(thrown, "stack");
  const remote: unknown = own?.value ?? messageOf(thrown);
  if (typeof remote !== "string") return thrown;
  defineOwn(thrown, "stack", submittedStack(remote, submittedAt), own?.enumerable ?? false);
  return thrown;
}
