import { expect, test } from "vitest";
import { explored } from "weftwork/testing";
import { Account } from "./bank.js";

test(
  "no withdrawal is lost",
  explored(async () => {
    const account = new Account();
    await Promise.all([account.withdraw(30), account.withdraw(50)]);
    expect(account.balance).toBe(20);
  }),
);
