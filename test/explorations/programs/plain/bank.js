/** An account that knows nothing of weftwork, and forgets a deposit if two are made at once. */
export class Account {
  #saved = 0;

  async read() {
    return this.#saved;
  }

  async deposit(amount) {
    const before = await this.read();
    this.#saved = before + amount;
  }
}
