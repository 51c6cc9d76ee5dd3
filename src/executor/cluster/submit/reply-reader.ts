import { host, WaitQueue } from "../../../core/index.js";
import type { RedisLink } from "../redis/index.js";
import { type Frame, readFrames } from "../wire/index.js";

/** Read at once. */
const MOST_ENTRIES = 256;
/** Redis answers after so long, also if there is nothing: a connection that is dead shows by that. */
const BLOCK_MS = 1_000;
/** The stream is cut off behind what has been read, now and then. */
const TRIM_AFTER = 512;
const RETRY_MS = 100;

export interface ReplyEvents {
  frame(frame: Frame): void;
  /** An entry of the stream can't be read. */
  unreadable(error: unknown): void;
  /** Redis says no; undefined: it serves. */
  refusal(error: unknown): void;
  /** Redis does not know the stream any more. */
  gone(): void;
}

/**
 * Reads what hosts tell this submitter: a stream, so that nothing is lost while the connection is, and of the
 * submitter alone, so that it reads nobody else's.
 */
export class ReplyReader {
  readonly #key: string;
  readonly #link: RedisLink;
  /** What must not wait behind a read that blocks. */
  readonly #other: RedisLink;
  readonly #events: ReplyEvents;
  /** Who waits for which mark, or a later one. */
  readonly #marks = new Map<number, () => void>();
  readonly #resting: WaitQueue = new WaitQueue("something to be read");
  #lastId = "0";
  #lastMark = 0;
  #sinceTrim = 0;
  #isNeeded = false;
  #closed = false;

  constructor(key: string, link: RedisLink, other: RedisLink, events: ReplyEvents) {
    this.#key = key;
    this.#link = link;
    this.#other = other;
    this.#events = events;
  }

  /** Runs until it is closed. */
  async run(): Promise<void> {
    while (!this.#closed) {
      if (this.#isNeeded) await this.#read();
      else await this.#resting.wait();
    }
  }

  /** Whether anything can come. */
  need(isNeeded: boolean): void {
    this.#isNeeded = isNeeded;
    if (isNeeded) this.#resting.wakeAll();
  }

  /**
   * Resolves when all that stood in the stream by now has been read. What a host wrote before it gave a job
   * back to the queue is known then.
   */
  async caughtUp(): Promise<void> {
    const mark = (this.#lastMark += 1);
    const read = new Promise<void>((resolve) => this.#marks.set(mark, resolve));
    try {
      await this.#write(mark);
    } catch (error) {
      this.#marks.delete(mark);
      throw error;
    }
    await read;
  }

  /** A mark may be lost, with all that stood before it: another one says the same. */
  repeatMarks(): void {
    if (this.#marks.size > 0) this.#write((this.#lastMark += 1)).catch(() => {}); // the next one will
  }

  close(): void {
    this.#closed = true;
    this.#resting.wakeAll();
  }

  async #read(): Promise<void> {
    try {
      const read = await this.#link.client.xread(
        "COUNT",
        MOST_ENTRIES,
        "BLOCK",
        BLOCK_MS,
        "STREAMS",
        this.#key,
        this.#lastId,
      );
      this.#events.refusal(undefined);
      for (const [, entries] of read ?? [])
        for (const [id, fields] of entries) this.#entry(id, fields);
    } catch (error) {
      if (this.#link.up) this.#events.refusal(error); // else the session sees to that
      await new Promise<void>((resolve) => void host.startTimer(resolve, RETRY_MS));
    }
  }

  #entry(id: string, fields: readonly string[]): void {
    this.#lastId = id;
    this.#sinceTrim += 1;
    if (this.#sinceTrim >= TRIM_AFTER) this.trim();
    const [name, text = ""] = fields;
    if (name === "mark") return this.#marked(Number(text));
    if (name !== "f") return;
    try {
      for (const frame of readFrames(text)) this.#events.frame(frame);
    } catch (error) {
      this.#events.unreadable(error);
    }
  }

  #marked(mark: number): void {
    for (const [earlier, resolve] of this.#marks) {
      if (earlier > mark) return; // they stand in order
      this.#marks.delete(earlier);
      resolve();
    }
  }

  async #write(mark: number): Promise<void> {
    const { client } = this.#other;
    const id = await client.xadd(this.#key, "NOMKSTREAM", "*", "mark", String(mark));
    if (id === null) this.#events.gone(); // and the mark is to be repeated
  }

  /** Lets Redis forget what has been read. */
  trim(): void {
    if (this.#sinceTrim === 0) return;
    this.#sinceTrim = 0;
    const [ms = "0", seq = "0"] = this.#lastId.split("-");
    const next = `${ms}-${BigInt(seq) + 1n}`;
    this.#other.client.xtrim(this.#key, "MINID", next).catch(() => {}); // the next one will
  }
}
