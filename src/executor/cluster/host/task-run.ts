import { ConcurrencyError, CancelledError, messageOf } from "../../../core/index.js";
import { packError, unpackError } from "../../errors/index.js";
import type { WorkerPool } from "../../pool/index.js";
import { type AnyTask, ChunkFailure } from "../../tasks/index.js";
import { Items } from "../../wire/index.js";
import {
  type Control,
  type Frame,
  KIND,
  packValue,
  packValues,
  unpackValue,
  unpackValues,
  type WireRun,
} from "../wire/index.js";
import { HostedJob } from "./hosted-job.js";
import type { Ordered } from "./submitters.js";

export interface TaskRunOptions {
  readonly run: WireRun;
  /** The same for each delivery. */
  readonly jobKey: string;
  readonly attempt: number;
  /** Of this run alone. */
  readonly nonce: string;
  readonly pool: WorkerPool;
  readonly maxPayloadBytes: number;
  /** What the submitter had ordered before. */
  readonly control: Control | undefined;
  tell(frame: Frame): void;
}

/** One task of a parcel: from what came, by way of this host's pool, to what is told. */
export class TaskRun implements Ordered {
  readonly #options: TaskRunOptions;
  #job: HostedJob | undefined;
  #cancel: Control["cancel"];
  #granted: number;
  #items = 0;
  /** True: what comes of it is of no use. */
  #isMute = false;

  constructor(options: TaskRunOptions) {
    this.#options = options;
    const { run, control } = options;
    this.#cancel = control?.cancel;
    this.#granted = Math.max(run.c ?? 0, control?.granted ?? 0);
  }

  /** Resolves when the work has ended, however. */
  async run(find: () => Promise<AnyTask>): Promise<void> {
    try {
      this.#throwIfCancelled();
      const task = await find();
      this.#throwIfCancelled();
      this.#job = this.#admit(task);
      await this.#job;
      this.#tellDone(this.#job.outcome);
    } catch (error) {
      const job = this.#job;
      const wasCancelled = job ? job.state === "cancelled" : this.#cancel !== undefined;
      this.#tellFailed(error, wasCancelled);
    }
  }

  /** It may come before the task was found: then it counts when it is. */
  order({ cancel = this.#cancel, granted = 0 }: Control): void {
    const job = this.#job;
    this.#cancel = cancel;
    if (cancel !== undefined) job?.cancel(unpackError(cancel, undefined));
    if (granted <= this.#granted) return;
    if (job !== undefined) this.#options.pool.grantCredit(job, granted - this.#granted);
    this.#granted = granted;
  }

  orphan(): void {
    this.abandon("its submitter is gone");
  }

  /** Ends the work and tells nothing of it: nobody waits for it here any more. */
  abandon(why: string): void {
    this.#isMute = true;
    this.#job?.cancel(new CancelledError(`the task was ended on this host: ${why}`));
  }

  #throwIfCancelled(): void {
    if (this.#cancel !== undefined) throw unpackError(this.#cancel, undefined);
  }

  #admit(task: AnyTask): HostedJob {
    const { run, jobKey, attempt, nonce, pool } = this.#options;
    const { n, u = 1, c, tell } = run;
    const input = u > 1 ? new Items(unpackValues(run.i)) : unpackValue(run.i);
    const item = (value: unknown): void =>
      this.#tellPacked(value, (packed) => {
        this.#tell({ kind: KIND.item, n, d: nonce, at: this.#items, packed });
        this.#items += 1;
      });
    const progress = (told: unknown): void =>
      this.#tellPacked(told, (packed) => this.#tell({ kind: KIND.progress, n, packed }));
    const job = new HostedJob(pool, {
      run,
      task,
      input,
      delivery: { attempt, jobKey, tell: tell === 1 },
      sink: c === undefined ? undefined : { firstCredit: this.#granted, item },
      onStart: () => this.#tell({ kind: KIND.started, n, d: nonce }),
      onProgress: run.p === 1 ? progress : undefined,
    });
    if (this.#isMute) throw new CancelledError("the task was ended before it began");
    pool.admit(job);
    return job;
  }

  #tell(frame: Frame): void {
    if (!this.#isMute) this.#options.tell(frame);
  }

  #tellDone(value: unknown): void {
    const { n, u = 1, c } = this.#options.run;
    const packed = this.#packed(() => (u > 1 ? packValues(value as unknown[]) : packValue(value)));
    const items = c === undefined ? {} : { items: this.#items };
    this.#tell({ kind: KIND.done, n, averageUs: this.#averageUs, packed, ...items });
  }

  #tellFailed(thrown: unknown, cancelled: boolean): void {
    const chunk = thrown instanceof ChunkFailure ? thrown : undefined;
    this.#tell({
      kind: KIND.failed,
      n: this.#options.run.n,
      averageUs: this.#averageUs,
      cancelled,
      error: packError(chunk === undefined ? thrown : chunk.error),
      ...(chunk !== undefined && { outputs: packValues(chunk.outputs), at: chunk.at }),
    });
  }

  /** What can't be sent ends the task: the next output would come as if nothing were missing. */
  #tellPacked(value: unknown, tell: (packed: string) => void): void {
    try {
      tell(this.#packed(() => packValue(value)));
    } catch (error) {
      this.#job?.cancel(error);
    }
  }

  /** It has crossed from a worker to here; hardly anything that can do that can't go on. */
  #packed(pack: () => string): string {
    const { run, maxPayloadBytes } = this.#options;
    let packed: string;
    try {
      packed = pack();
    } catch (error) {
      const message = `what task "${run.t}" gave can't leave its host: ${messageOf(error)}`;
      throw new ConcurrencyError("NOT_CLONEABLE", message, { cause: error });
    }
    if (packed.length > maxPayloadBytes) throw tooLarge(run, packed.length, maxPayloadBytes);
    return packed;
  }

  get #averageUs(): number {
    return this.#job?.ref?.measuredUs ?? -1;
  }
}

function tooLarge({ t, u = 1 }: WireRun, length: number, most: number): ConcurrencyError {
  const [what, or] =
    u === 1
      ? [`what task "${t}" gave`, "raise the limit"]
      : [`what a chunk of ${u} inputs of task "${t}" gave`, "set a smaller chunkSize"];
  return new ConcurrencyError(
    "TOO_LARGE",
    `${what} is ${length} bytes as it is sent, and maxPayloadBytes is ${most}: ` +
      `let the task store it and give its address, or ${or}`,
  );
}
