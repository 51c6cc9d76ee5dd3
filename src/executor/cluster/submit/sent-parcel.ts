import type { Job } from "../../jobs/index.js";
import type { Parcel } from "../wire/index.js";
import type { Packed } from "./partition.js";

/** A parcel on its way: a job of the queue, with the tasks of it that have not settled. */
export class SentParcel {
  readonly id: string;
  readonly data: Parcel;
  readonly open: Set<Job>;
  readonly #packed: readonly Packed[];
  sentMs: number;
  /** A host has told of one of its tasks: there is no taking it back. */
  isWithHost = false;
  /** It is being taken back. */
  isReturning = false;

  constructor(id: string, submitter: string, packed: readonly Packed[], nowMs: number) {
    this.id = id;
    this.data = { v: 1, s: submitter, runs: packed.map(({ run }) => run) };
    this.open = new Set(packed.map(({ job }) => job));
    this.#packed = packed;
    this.sentMs = nowMs;
  }

  /** What dashboards show. */
  get name(): string {
    const [first] = this.data.runs;
    const inputs = this.data.runs.reduce((sum, { u = 1 }) => sum + u, 0);
    return inputs === 1 ? first!.t : `${first!.t} x${inputs}`;
  }

  /** The most urgent of it: it is in front. */
  get priority(): number {
    return this.#packed[0]!.job.priority;
  }
}
