/** As bank.js, with the deposits one after the other. */
export class Account {
  #saved = 0;
  #last = Promise.resolve();

  async read() {
    return this.#saved;
  }

  deposit(amount) {
    this.#last = this.#last.then(() => this.#deposit(amount));
    return this.#last;
  }

  async #deposit(amount) {
    const before = await this.read();
    this.#saved = before + amount;
  }
}
