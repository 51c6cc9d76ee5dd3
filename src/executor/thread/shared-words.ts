import { WORD_COUNT, type Words } from "../wire/index.js";

/** Words in shared memory. */
export class SharedWords implements Words {
  readonly instant = true;
  readonly #words: Int32Array;

  constructor(memory: SharedArrayBuffer) {
    this.#words = new Int32Array(memory);
  }

  static newMemory(): SharedArrayBuffer {
    return new SharedArrayBuffer(WORD_COUNT * 4);
  }

  load(index: number): number {
    return Atomics.load(this.#words, index);
  }

  store(index: number, value: number): void {
    Atomics.store(this.#words, index, value);
  }
}
