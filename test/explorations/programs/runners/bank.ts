/** An account that forgets a withdrawal if two are made at once. */
export class Account {
  balance = 100;

  async read(): Promise<number> {
    return this.balance;
  }

  async withdraw(amount: number): Promise<void> {
    const before = await this.read();
    this.balance = before - amount;
  }
}
