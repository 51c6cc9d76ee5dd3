interface Deposits {
  deposit(amount: number): Promise<void>;
}

/** As bank.js, with types. */
export class Account implements Deposits {
  #saved: number = 0;

  async read(): Promise<number> {
    return this.#saved;
  }

  async deposit(amount: number): Promise<void> {
    const before = await this.read();
    this.#saved = before + amount;
  }
}
