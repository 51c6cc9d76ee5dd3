import { host, WaitQueue } from "../../../core/index.js";
import type { Target } from "./target.js";

/** Characters that may wait to be written; more are not welcome. */
const ENOUGH = 1 << 20;

/** Lines that are written together. */
interface Piece {
  readonly texts: readonly string[];
  /** Hears how many bytes the target then holds. */
  readonly written: ((bytes: number) => void) | undefined;
}

/**
 * Gathers lines, and writes what has gathered whenever the write before is done: at once for those who give
 * little, in large pieces for those who give much.
 *
 * Invariant: while something waits, a write is under way or starts with the next turn; or nothing can be
 * written any more.
 */
export class TextSink {
  readonly #target: Target;
  readonly #onBroken: (error: Error) => void;
  readonly #waiting: WaitQueue = new WaitQueue("the output to be written");
  /** Pieces that had to end where they do. */
  #pieces: Piece[] = [];
  #gathered: string[] = [];
  #size = 0;
  #bytes: number;
  #busy = false;
  #broken: Error | undefined;

  /** `bytes`: what the target holds already. */
  constructor(target: Target, bytes: number, onBroken: (error: Error) => void) {
    this.#target = target;
    this.#bytes = bytes;
    this.#onBroken = onBroken;
  }

  get full(): boolean {
    return this.#size > ENOUGH;
  }

  add(text: string): void {
    if (text === "" || this.#broken !== undefined) return;
    this.#gathered.push(text);
    this.#size += text.length;
    this.#start();
  }

  /** Resolves when more is welcome. Rejects if the output is broken. */
  async drained(): Promise<void> {
    while (this.full && this.#broken === undefined) await this.#waiting.wait();
    if (this.#broken !== undefined) throw this.#broken;
  }

  /**
   * Resolves when all that has been added so far is written, with how many bytes the target held when the
   * last of it was. Rejects if the output is broken.
   */
  async written(): Promise<number> {
    let bytes: number | undefined;
    this.#pieces.push({ texts: this.#gathered, written: (total) => (bytes = total) });
    this.#gathered = [];
    this.#start();
    while (bytes === undefined && this.#broken === undefined) await this.#waiting.wait();
    if (bytes === undefined) throw this.#broken!;
    return bytes;
  }

  sync(): Promise<void> {
    return this.#target.sync();
  }

  close(): Promise<void> {
    return this.#target.close();
  }

  #start(): void {
    if (this.#busy || this.#broken !== undefined) return;
    this.#busy = true;
    host.soon(() => void this.#writeAll());
  }

  async #writeAll(): Promise<void> {
    for (let piece = this.#next(); piece !== undefined; piece = this.#next()) {
      try {
        await this.#write(piece);
      } catch (error) {
        this.#broken = error as Error;
        this.#onBroken(this.#broken);
      }
      this.#waiting.wakeAll();
    }
    this.#busy = false;
  }

  #next(): Piece | undefined {
    if (this.#broken !== undefined) return undefined;
    const cut = this.#pieces.shift();
    if (cut !== undefined || this.#gathered.length === 0) return cut;
    const texts = this.#gathered;
    this.#gathered = [];
    return { texts, written: undefined };
  }

  async #write({ texts, written }: Piece): Promise<void> {
    const text = texts.join("");
    if (text !== "") {
      const bytes = Buffer.from(text);
      await this.#target.write(bytes);
      this.#bytes += bytes.length;
      this.#size -= text.length;
    }
    written?.(this.#bytes);
  }
}
