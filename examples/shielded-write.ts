// A save that has begun is finished, though its worker is cancelled in the middle of it.
import { Queue, type Scope, shield, sleep, withTaskGroup } from "weftwork";

const orders = new Queue<string>({ capacity: 10 });

async function save(order: string, scope: Scope): Promise<void> {
  console.log(`${order}: saving`);
  await sleep(50, scope); // stands for two writes that belong together
  console.log(`${order}: saved`);
}

async function saveAll(scope: Scope): Promise<void> {
  for await (const order of orders.values(scope)) {
    // After a cancel the save has five seconds more. Then its own scope is cancelled too.
    await shield((scope) => save(order, scope), { signal: scope.signal, timeoutMs: 5_000 });
  }
}

await withTaskGroup(async (group) => {
  for (const order of ["tea", "rice", "milk"]) await orders.put(order, group);
  const worker = group.spawn(saveAll);
  await sleep(5, group);
  worker.cancel();
});
console.log(`${orders.size} orders left for the next worker`);

// prints:
// tea: saving
// tea: saved
// 2 orders left for the next worker
