/** Keeps the last number of a stream as its sum is made: two of them take each other's place. */
export class Account {
  #last = 0;

  async read() {
    return this.#last;
  }

  async *#parts(amount) {
    for (let i = 0; i < amount; i += 1) yield 1;
  }

  async deposit(amount) {
    let sum = this.#last;
    for await (const part of this.#parts(amount)) sum += part;
    this.#last = sum;
  }
}
