/** A number for a sequence of texts: FNV-1a (Fowler, Noll, Vo), 32 bits. */
export class Fingerprint {
  #hash = 0x811c9dc5;

  get value(): number {
    return this.#hash >>> 0;
  }

  add(text: string): void {
    let hash = this.#hash;
    for (let i = 0; i < text.length; i += 1)
      hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    this.#hash = Math.imul(hash ^ 0xff, 0x01000193); // a boundary: "ab", "c" is not "a", "bc"
  }
}
