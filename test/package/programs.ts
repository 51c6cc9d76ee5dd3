/** What a person writes who has installed the package. */

export const CONSUMER = `
import { sleep, withTaskGroup } from "weftwork";

export const sum: number = await withTaskGroup(async (group) => {
  const one = group.spawn(() => 1);
  await sleep(1, group);
  return (await one) + 1;
});

// @ts-expect-error: the declarations are there, and not just \`any\`
export const wrong: string = sum;
`;

export const POOLS = `
import { ProcessExecutor, ThreadExecutor } from "weftwork/executor";
import { tasks } from "./tasks.js";

for (const Executor of [ThreadExecutor, ProcessExecutor]) {
  const pool = new Executor({ workers: 1 });
  console.log([await pool.submit(tasks.double, 21), await pool.submit((n) => n + 1, 7)]);
  await pool.close();
}
`;

export const SHARED = `
import { ThreadExecutor } from "weftwork/executor";
import { SharedCounter, SharedLock } from "weftwork/shared";

const input = { lock: new SharedLock(), counter: new SharedCounter() };
const raise = ({ lock, counter }) => {
  for (let i = 0; i < 1000; i += 1) {
    const guard = lock.acquireSync();
    counter.value += 1;
    guard.release();
  }
};
const threads = new ThreadExecutor({ workers: 2 });
await Promise.all([1, 2].map(() => threads.submit(raise, input)));
console.log(input.counter.value);
await threads.close();
`;

export const ACCOUNT = `
export class Account {
  balance = 0;
  read = async () => this.balance;
  async deposit(amount) {
    const before = await this.read();
    this.balance = before + amount;
  }
}
`;

export const RACE = `
import { explore } from "weftwork/testing";
import { Account } from "./account.js";

const outcome = await explore(async () => {
  const account = new Account();
  await Promise.all([account.deposit(1), account.deposit(2)]);
  if (account.balance !== 3) throw new Error("lost");
}).catch((error) => error);
console.log(outcome.kind, outcome.schedule.includes("await this.read() :6"));
`;
