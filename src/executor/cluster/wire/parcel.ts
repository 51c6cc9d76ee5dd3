import { fieldsOf, isCount, malformed } from "./shape.js";

/** One task of a parcel. The names are short since they go with each. */
export interface WireRun {
  /** Its number at the submitter. */
  readonly n: number;
  /** The name that `defineTasks` gave. */
  readonly t: string;
  /** The input, packed; of a chunk its inputs. */
  readonly i: string;
  /** How many inputs a chunk has. */
  readonly u?: number;
  /** How many outputs of a stream may go before more are granted. */
  readonly c?: number;
  /** The key for what must not happen twice, if it is not the usual one. */
  readonly k?: string;
  /** For messages. */
  readonly name?: string;
  readonly traceparent?: string;
  /** -1 for never. */
  readonly graceMs?: number;
  /** 1: the start is to be told. */
  readonly tell?: 1;
  /** 1: somebody listens to its progress. */
  readonly p?: 1;
}

/** What a job of the queue carries: tasks that go together to one host. */
export interface Parcel {
  readonly v: 1;
  /** Who sent it. */
  readonly s: string;
  readonly runs: readonly WireRun[];
}

const MOST_RUNS = 100_000;

/** Throws unless `data` is a parcel. */
export function readParcel(data: unknown): Parcel {
  const fields = fieldsOf(data);
  if (fields === undefined) throw malformed("a job is no object");
  const { v, s, runs } = fields;
  if (v !== 1) throw malformed(`a job is of version ${String(v)}: use one weftwork everywhere`);
  if (typeof s !== "string" || !/^[\w-]{1,64}$/.test(s)) throw malformed("a job has no submitter");
  if (!Array.isArray(runs) || runs.length === 0 || runs.length > MOST_RUNS)
    throw malformed("a job has no tasks");
  return { v, s, runs: runs.map(readRun) };
}

function readRun(run: unknown): WireRun {
  const fields = fieldsOf(run);
  if (fields === undefined) throw malformed("a task is no object");
  const { n, t, i, u, c, k, name, traceparent, graceMs, tell, p } = fields;
  if (!isCount(n) || typeof t !== "string" || typeof i !== "string")
    throw malformed("a task has no number, name or input");
  for (const text of [k, name, traceparent])
    if (text !== undefined && typeof text !== "string") throw malformed("a name is no text");
  for (const count of [u, c])
    if (count !== undefined && !isCount(count)) throw malformed("a count is no number");
  if (graceMs !== undefined && typeof graceMs !== "number") throw malformed("a grace is no number");
  return {
    n,
    t,
    i,
    ...(u !== undefined && { u: u as number }),
    ...(c !== undefined && { c: c as number }),
    ...(k !== undefined && { k: k as string }),
    ...(name !== undefined && { name: name as string }),
    ...(traceparent !== undefined && { traceparent: traceparent as string }),
    ...(graceMs !== undefined && { graceMs }),
    ...(tell === 1 && { tell }),
    ...(p === 1 && { p }),
  };
}
