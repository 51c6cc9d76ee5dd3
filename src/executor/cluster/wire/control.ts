import type { PackedError } from "../../errors/index.js";
import { fieldsOf, isCount, malformed, parseJson } from "./shape.js";

/**
 * What a submitter orders of a task that it has sent. It says how things are and not what has changed, so that
 * to hear it twice, or late, does no harm.
 */
export interface Control {
  /** What the task is cancelled with. */
  readonly cancel?: PackedError;
  /** How many outputs of a stream have been granted, over all. */
  readonly granted?: number;
}

/** As it is published: for which task of whom. */
interface SentControl {
  readonly s: string;
  readonly n: number;
  readonly control: Control;
}

/** Throws unless `text` is a control. */
export function readControl(text: unknown): Control {
  const fields = fieldsOf(parseJson(text, "an order"));
  if (fields === undefined) throw malformed("an order is no object");
  return controlOf(fields);
}

/** Throws unless `text` is a control with its task. */
export function readSentControl(text: unknown): SentControl {
  const { s, n, control } = fieldsOf(parseJson(text, "an order")) ?? {};
  const fields = fieldsOf(control);
  if (typeof s !== "string" || !isCount(n) || fields === undefined)
    throw malformed("an order has no task");
  return { s, n, control: controlOf(fields) };
}

function controlOf({ cancel, granted }: Readonly<Record<string, unknown>>): Control {
  return {
    ...(cancel !== undefined && { cancel: cancel as PackedError }), // unpackError trusts nothing
    ...(isCount(granted) && { granted }),
  };
}
