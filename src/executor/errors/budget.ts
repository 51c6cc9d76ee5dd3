/** How many fields, items and keys of what was thrown are carried, all told. */
const ENTRIES = 100_000;
/** How many characters of text. */
const CHARACTERS = 1 << 24;
/** What is left of each text when no more fits: enough for a message, or the top of a stack. */
const AT_LEAST = 200;

/**
 * What may still be carried. An error can hold a server's whole state, or a million nested causes; to
 * carry it must stay a matter of milliseconds. The nearest to what was thrown is packed first.
 */
export class Budget {
  #entries = ENTRIES;
  #characters = CHARACTERS;

  get spent(): boolean {
    return this.#entries === 0;
  }

  /** True if there is room for `count` more characters. */
  hasRoomFor(count: number): boolean {
    return count <= this.#characters;
  }

  /** True if one more entry may be carried. */
  takeEntry(): boolean {
    if (this.#entries === 0) return false;
    this.#entries -= 1;
    return true;
  }

  /** The text, or as much of it as may still be carried. */
  takeText(text: string): string {
    const length = Math.max(Math.min(text.length, this.#characters), AT_LEAST);
    this.#characters = Math.max(this.#characters - text.length, 0);
    if (length >= text.length) return text;
    return `${text.slice(0, length)}… ${text.length - length} more characters`;
  }
}
