import type { Redis } from "ioredis";
import { host } from "../../../core/index.js";
import { type ClusterKeys, type Frame, frameText, KIND } from "../wire/index.js";

/** About how much goes into one entry of a stream. */
const ENTRY_BYTES = 512 * 1024;
const RETRY_MS = 200;

/** What is to be told to one submitter: what comes in one turn goes in one entry. */
interface Mail {
  frames: Frame[];
  /** Resolves when all that was posted by now is written. */
  written: Promise<void>;
  isPosting: boolean;
}

/** Writes to the streams of submitters. What can't be written now is kept until it can. */
export class ReplyWriter {
  readonly #client: Redis;
  readonly #keys: ClusterKeys;
  readonly #mails = new Map<string, Mail>();
  #closed = false;

  constructor(client: Redis, keys: ClusterKeys) {
    this.#client = client;
    this.#keys = keys;
  }

  post(submitter: string, frame: Frame): void {
    const mail = this.#mailFor(submitter);
    mail.frames.push(frame);
    if (mail.isPosting) return;
    mail.isPosting = true;
    mail.written = Promise.resolve()
      .then(() => this.#send(submitter, mail))
      .catch(() => {}); // closed meanwhile: another host will do it again
  }

  /** Once all that was posted is written. */
  async written(submitter: string): Promise<void> {
    const mail = this.#mails.get(submitter);
    if (mail === undefined) return;
    await mail.written;
    if (mail.isPosting) return this.written(submitter); // more was posted meanwhile
    if (mail.frames.length === 0) this.#mails.delete(submitter);
  }

  close(): void {
    this.#closed = true;
  }

  #mailFor(submitter: string): Mail {
    let mail = this.#mails.get(submitter);
    if (mail === undefined) {
      mail = { frames: [], written: Promise.resolve(), isPosting: false };
      this.#mails.set(submitter, mail);
    }
    return mail;
  }

  async #send(submitter: string, mail: Mail): Promise<void> {
    const key = this.#keys.replies(submitter);
    try {
      while (mail.frames.length > 0) {
        const entry = mail.frames.splice(0, fitting(mail.frames));
        await this.#write(key, frameText(entry));
      }
    } finally {
      mail.isPosting = false;
    }
  }

  /** No stream is made: whose submitter is gone has none, and nobody would ever remove it. */
  async #write(key: string, text: string): Promise<void> {
    for (;;) {
      try {
        await this.#client.xadd(key, "NOMKSTREAM", "*", "f", text);
        return;
      } catch (error) {
        if (this.#closed) throw error;
        // Redis is full, or read-only. While this waits the parcel is not done, and the host takes no more.
        await new Promise<void>((resolve) => void host.startTimer(resolve, RETRY_MS));
      }
    }
  }
}

/** How many of the frames go into one entry: at least one. */
function fitting(frames: readonly Frame[]): number {
  let bytes = 0;
  for (const [i, frame] of frames.entries()) {
    bytes += lengthOf(frame);
    if (bytes > ENTRY_BYTES) return Math.max(1, i);
  }
  return frames.length;
}

function lengthOf(frame: Frame): number {
  if (frame.kind === KIND.started) return 0;
  return frame.kind === KIND.failed ? (frame.outputs?.length ?? 0) : frame.packed.length;
}
