import { type Permit, scopeOf, type Wait } from "../core/index.js";
import { Semaphore, take } from "./semaphore.js";

/** More readers than there can ever be; a writer takes the place of all. */
const EVERYBODY = 2 ** 40;

export interface RwLockStats {
  readonly readers: number;
  readonly writing: boolean;
  /** Readers and writers in line. */
  readonly waiting: number;
}

/**
 * Many readers or one writer at a time, in FIFO order: a reader does not overtake a waiting writer, so
 * neither side starves. To take it twice in one task, even for reading, is to wait for oneself.
 *
 * @example
 * const table = new RwLock();
 * {
 *   using reading = await table.read();
 * }
 * using writing = await table.write();
 */
export class RwLock {
  readonly #places: Semaphore; // a reader weighs one, a writer weighs all

  constructor({ name = "rw-lock" }: { readonly name?: string } = {}) {
    this.#places = new Semaphore(EVERYBODY, { name });
  }

  /**
   * Takes it for reading, together with other readers.
   *
   * Cancellation: rejects with the scope's reason and then holds nothing.
   */
  read(options?: Wait): Promise<Permit> {
    return take(this.#places, 1, scopeOf(options));
  }

  /**
   * Takes it for writing, alone.
   *
   * Cancellation: rejects with the scope's reason and then holds nothing.
   */
  write(options?: Wait): Promise<Permit> {
    return take(this.#places, EVERYBODY, scopeOf(options));
  }

  /** Takes it for reading if that needs no waiting. */
  tryRead(): Permit | undefined {
    return this.#places.tryAcquire();
  }

  /** Takes it for writing if that needs no waiting. */
  tryWrite(): Permit | undefined {
    return this.#places.tryAcquire(EVERYBODY);
  }

  /** A snapshot; it is stale once you `await`. */
  stats(): RwLockStats {
    const { available, waiting } = this.#places.stats();
    const writing = available === 0;
    return { readers: writing ? 0 : EVERYBODY - available, writing, waiting };
  }
}
