/** As bank.js, in the manner of CommonJS. */
exports.Account = class Account {
  #saved = 0;

  async read() {
    return this.#saved;
  }

  async deposit(amount) {
    const before = await this.read();
    this.#saved = before + amount;
  }
};
if (exports.Account === undefined) return;
