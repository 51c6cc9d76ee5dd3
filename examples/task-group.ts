// Tasks that finish together, or are cancelled together when one of them fails.
import { leaves, type Scope, sleep, withTaskGroup } from "weftwork";

async function loadUser(scope: Scope): Promise<string> {
  await sleep(5, scope); // stands for a query, as everywhere here
  return "Ada";
}

async function loadOrders(shop: string, scope: Scope): Promise<number> {
  await sleep(10, scope);
  if (shop === "closed") throw new Error("no orders: the shop is closed");
  return 3;
}

async function watchPrices(scope: Scope): Promise<void> {
  try {
    await sleep(60_000, scope);
  } finally {
    console.log("prices: no longer watched");
  }
}

for (const shop of ["open", "closed"]) {
  try {
    const summary = await withTaskGroup(async (group) => {
      const user = group.spawn(loadUser);
      const orders = group.spawn((scope) => loadOrders(shop, scope));
      if (shop === "closed") group.spawn(watchPrices);
      return `${await user} has ${await orders} orders`;
    });
    console.log(summary);
  } catch (error) {
    for (const each of leaves(error)) console.log(String(each));
  }
}

// prints:
// Ada has 3 orders
// prices: no longer watched
// Error: no orders: the shop is closed
