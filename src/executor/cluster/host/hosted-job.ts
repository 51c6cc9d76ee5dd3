import { type Delivery, type ItemSink, Job } from "../../jobs/index.js";
import type { WorkerPool } from "../../pool/index.js";
import type { AnyTask } from "../../tasks/index.js";
import type { WireRun } from "../wire/index.js";

export interface HostedJobOptions {
  readonly run: WireRun;
  readonly task: AnyTask;
  readonly input: unknown;
  readonly delivery: Delivery;
  readonly sink: ItemSink | undefined;
  readonly onStart: () => void;
  /** Undefined if nobody listens. */
  readonly onProgress: ((progress: unknown) => void) | undefined;
}

/** A task of a parcel, as the pool of this host sees it. */
export class HostedJob extends Job {
  readonly #onStart: () => void;

  constructor(pool: WorkerPool, options: HostedJobOptions) {
    const { run, task, input, delivery, sink, onStart, onProgress } = options;
    const { name, traceparent, graceMs } = run;
    const submit = {
      ...(onProgress !== undefined && { onProgress }),
      ...(name !== undefined && { name }),
      ...(traceparent !== undefined && { traceparent }),
      ...(graceMs !== undefined && { graceMs: graceMs < 0 ? Infinity : graceMs }),
    };
    super(pool, task, input, submit, undefined);
    this.units = run.u ?? 1;
    this.delivery = delivery;
    this.sink = sink;
    this.#onStart = onStart;
  }

  override started(): void {
    this.#onStart();
  }
}
