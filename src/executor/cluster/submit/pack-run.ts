import { ConcurrencyError, messageOf } from "../../../core/index.js";
import type { Job } from "../../jobs/index.js";
import { addressOf, ChunkFailure, firstUncloneable } from "../../tasks/index.js";
import { holdsShared } from "../../../shared/travel.js";
import type { Items } from "../../wire/index.js";
import { packValue, packValues, type WireRun } from "../wire/index.js";

/** A job as it is sent. Throws what the job is to be refused with. */
export function packRun(job: Job, maxPayloadBytes: number): WireRun {
  const input = packInput(job);
  if (input.length > maxPayloadBytes) throw tooLarge(job, input.length, maxPayloadBytes);
  const { graceMs, timeoutMs, queueTimeoutMs, traceparent, onProgress } = job.options;
  const { givenName: name, sink, units } = job;
  return {
    n: job.id,
    t: nameOnCluster(job.task) as string, // looked at when it was submitted
    i: input,
    ...(units > 1 && { u: units }),
    ...(sink !== undefined && { c: sink.firstCredit }),
    ...(name !== undefined && { name }),
    ...(traceparent !== undefined && { traceparent }),
    ...(graceMs !== undefined && { graceMs: graceMs === Infinity ? -1 : graceMs }),
    ...((timeoutMs !== undefined || queueTimeoutMs !== undefined) && { tell: 1 }),
    ...(onProgress !== undefined && { p: 1 }),
  };
}

const otherNames = new WeakMap<object, string>();

/** Gives `task` a name that hosts find it by, other than that of `defineTasks`. */
export function callOnCluster(task: object, name: string): void {
  otherNames.set(task, name);
}

/** By what name hosts find `task`; undefined if they can't. */
export function nameOnCluster(task: object): string | undefined {
  return otherNames.get(task) ?? addressOf(task)?.name;
}

function packInput(job: Job): string {
  const { input, units, options } = job;
  try {
    if (units > 1) return packValues((input as Items).values);
    // What is given away is gone here, as it would be with a thread.
    const { transfer } = options;
    const own =
      transfer === undefined ? input : structuredClone(input, { transfer: transfer as [] });
    return packValue(own);
  } catch (error) {
    throw notCloneable(job, error);
  }
}

function notCloneable(job: Job, error: unknown): unknown {
  const isShared = holdsShared(job.input) || /SharedArrayBuffer/.test(messageOf(error));
  const why = isShared ? "shared memory does not leave its machine" : messageOf(error);
  const refusal = new ConcurrencyError(
    "NOT_CLONEABLE",
    `the input of task "${job.name}" can't be sent to a cluster: ${why}`,
    { cause: error },
  );
  if (job.units === 1) return refusal;
  const { values } = job.input as Items;
  return new ChunkFailure(refusal, [], Math.max(0, firstUncloneable(values)));
}

function tooLarge(job: Job, length: number, most: number): unknown {
  if (job.units === 1) return new ConcurrencyError("TOO_LARGE", tooLong(job, length, most));
  const { values } = job.input as Items;
  const lengths = values.map((value) => packValue(value).length);
  const at = lengths.findIndex((each) => each > most);
  const message =
    at < 0
      ? `a chunk of ${job.units} inputs of task "${job.name}" is ${length} bytes as it is sent, and ` +
        `maxPayloadBytes is ${most}: set a smaller chunkSize`
      : tooLong(job, lengths[at]!, most);
  return new ChunkFailure(new ConcurrencyError("TOO_LARGE", message), [], Math.max(0, at));
}

function tooLong(job: Job, length: number, most: number): string {
  return (
    `the input of task "${job.name}" is ${length} bytes as it is sent, and maxPayloadBytes is ${most}: ` +
    `send the address of the data (a path, a URL, a key) in place of the data, or raise the limit`
  );
}
