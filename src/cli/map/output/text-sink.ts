import { host, type Timer, WaitQueue } from "../../../core/index.js";
import type { Target } from "./target.js";

/** Characters that may wait to be written; more are not welcome. */
const ENOUGH = 1 << 20;
/** So many are worth a write. Fewer wait, since a write is a thread's work too, and costs more than most lines. */
const WORTH_A_WRITE = 1 << 16;
const PAUSE_MS = 10;

/** Lines that are written together. */
interface Piece {
  readonly texts: readonly string[];
  /** How many bytes the target holds with it; undefined before it is written. */
  bytes: number | undefined;
}

/**
 * Gathers lines, and writes what has gathered: at once after a pause, else when that is over, in large pieces
 * for those who give much. Nobody who waits for a write waits for a pause.
 *
 * Invariant: while something waits, a write is under way, starts with the next turn, or with the end of a
 * pause; or nothing can be written any more.
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
  #pause: Timer | undefined;
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
    const piece: Piece = { texts: this.#gathered, bytes: undefined };
    this.#pieces.push(piece);
    this.#gathered = [];
    this.#start();
    while (piece.bytes === undefined && this.#broken === undefined) await this.#waiting.wait();
    if (piece.bytes === undefined) throw this.#broken!;
    return piece.bytes;
  }

  sync(): Promise<void> {
    return this.#target.sync();
  }

  close(): Promise<void> {
    this.#endPause();
    return this.#target.close();
  }

  #start(): void {
    if (this.#busy || this.#broken !== undefined) return;
    if (this.#pause !== undefined && !this.#isUrgent) return;
    this.#endPause();
    this.#busy = true;
    host.soon(() => void this.#writeAll());
  }

  get #isUrgent(): boolean {
    return this.#pieces.length > 0 || this.#size >= WORTH_A_WRITE;
  }

  async #writeAll(): Promise<void> {
    do {
      const piece = this.#next();
      try {
        if (piece !== undefined) await this.#write(piece);
      } catch (error) {
        this.#broken = error as Error;
        this.#onBroken(this.#broken);
      }
      this.#waiting.wakeAll();
    } while (this.#isUrgent && this.#broken === undefined);
    this.#busy = false;
    if (this.#broken !== undefined) return;
    this.#pause = host.startTimer(() => {
      this.#endPause();
      if (this.#gathered.length > 0) this.#start();
    }, PAUSE_MS);
  }

  #endPause(): void {
    if (this.#pause !== undefined) host.stopTimer(this.#pause);
    this.#pause = undefined;
  }

  #next(): Piece | undefined {
    if (this.#broken !== undefined) return undefined;
    const cut = this.#pieces.shift();
    if (cut !== undefined || this.#gathered.length === 0) return cut;
    const texts = this.#gathered;
    this.#gathered = [];
    return { texts, bytes: undefined };
  }

  async #write(piece: Piece): Promise<void> {
    const text = piece.texts.join("");
    if (text !== "") {
      const bytes = Buffer.from(text);
      await this.#target.write(bytes);
      this.#bytes += bytes.length;
      this.#size -= text.length;
    }
    piece.bytes = this.#bytes;
  }
}
