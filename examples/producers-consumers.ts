// Two producers and three consumers share a bounded queue. When the producers are done it is closed,
// and the consumers end when it is empty.
import { Queue, type Scope, sleep, withTaskGroup } from "weftwork";

interface Reading {
  readonly sensor: string;
  readonly value: number;
}

const readings = new Queue<Reading>({ capacity: 4 });
const totals = new Map<string, number>();

async function measure(sensor: string, scope: Scope): Promise<void> {
  for (let value = 1; value <= 100; value += 1) {
    await readings.put({ sensor, value }, scope); // waits while the queue is full
  }
}

async function addUp(scope: Scope): Promise<void> {
  for await (const { sensor, value } of readings.values(scope)) {
    await sleep(0, scope); // stands for work: the consumers are slower than the producers
    totals.set(sensor, (totals.get(sensor) ?? 0) + value);
  }
}

await withTaskGroup(async (group) => {
  for (let n = 1; n <= 3; n += 1) group.spawn(addUp, { name: `consumer ${n}` });
  const producers = ["north", "south"].map((sensor) =>
    group.spawn((scope) => measure(sensor, scope), { name: sensor }),
  );
  for (const producer of producers) await producer;
  readings.close(); // nothing more comes in; what is held still goes out
});
console.log(totals);

// prints:
// Map(2) { 'north' => 5050, 'south' => 5050 }
