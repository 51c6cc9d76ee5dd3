import type { Entry, FailedInput, RangeSet, Trail } from "../journal/index.js";
import type { TextSink } from "../output/index.js";
import type { Failure, Results } from "../run/index.js";

export interface RecorderOptions {
  readonly out: TextSink;
  readonly errors: TextSink | undefined;
  /** True: a failure is a record of the output, in the place of its input. */
  readonly collect: boolean;
  /** What was dealt with before. */
  readonly done: RangeSet;
  readonly trail: Trail | undefined;
}

/** Takes results, and knows which inputs they are of. */
export class Recorder implements Results {
  readonly #options: RecorderOptions;
  #failed: FailedInput[] = [];
  #taken = 0;
  #closed = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** Inputs whose results were taken. */
  get taken(): number {
    return this.#taken;
  }

  get full(): boolean {
    const { out, errors } = this.#options;
    return out.full || errors?.full === true;
  }

  async drained(): Promise<void> {
    await this.#options.out.drained();
    await this.#options.errors?.drained();
  }

  /** What comes too late is as if it never came. */
  close(): void {
    this.#closed = true;
  }

  done(index: number, lines: string): void {
    if (this.#closed) return;
    this.#options.out.add(lines);
    this.#options.done.add(index);
    this.#taken += 1;
  }

  failed(failure: Failure): void {
    if (this.#closed) return;
    const { out, errors, collect, done } = this.#options;
    const line = failure.toJson();
    errors?.add(line);
    if (collect) out.add(line);
    done.add(failure.index);
    const { index, place, reason } = failure;
    this.#failed.push({ index, place, reason });
    this.#taken += 1;
  }

  /** What of this can be relied upon: resolves when all that has been taken so far is on the disk. */
  async settled(): Promise<Entry> {
    const { out, errors, done, trail } = this.#options;
    // All of one moment: what is taken from here on belongs to the next entry.
    const failed = this.#failed;
    this.#failed = [];
    const mark = trail?.within(done.prefix);
    const ranges = done.toJSON();
    const [bytes, errorBytes] = await Promise.all([out.written(), errors?.written() ?? 0]);
    await Promise.all([out.sync(), errors?.sync()]);
    return { bytes, errorBytes, done: ranges, failed, ...(mark !== undefined && { mark }) };
  }
}
