/** Explores two deposits to an account of each module that is named, and prints what comes of it. */
import { strictEqual } from "node:assert";
import { explore } from "weftwork/testing";

for (const module of process.argv.slice(2)) {
  const { Account } = await import(`./plain/${module}`);
  const program = async () => {
    const account = new Account();
    await Promise.all([account.deposit(1), account.deposit(2)]);
    strictEqual(await account.read(), 3);
  };
  const outcome = await explore(program, { strategy: "exhaustive" }).catch((error) => error);
  const { kind = outcome instanceof Error ? outcome.name : "held" } = outcome;
  const { message = `${outcome.schedules} schedules`, schedule = message } = outcome;
  console.log(JSON.stringify({ module, kind, schedule }));
}
