// Two threads produce, two consume, and none is faster than the others let it: the channel holds a few values.
import { ThreadExecutor } from "weftwork/executor";
import { SharedChannel } from "weftwork/shared";

interface Order {
  id: number;
  price: number;
}

await using threads = new ThreadExecutor({ workers: 4 });
const orders = new SharedChannel<Order>({ capacityBytes: 1024, codec: "json" });

const produce = ({ orders, first }: { orders: SharedChannel<Order>; first: number }): void => {
  // Blocks its thread while there is no room.
  for (let id = first; id < first + 500; id += 1) orders.sendSync({ id, price: 2 });
};
const consume = async (orders: SharedChannel<Order>): Promise<number> => {
  let sum = 0;
  for await (const { price } of orders) sum += price;
  return sum;
};

const sums = [threads.submit(consume, orders), threads.submit(consume, orders)];
const producing = [0, 500].map((first) => threads.submit(produce, { orders, first }));
await Promise.all(producing);
orders.close(); // what is in it is consumed; then the loops end
const [one, other] = await Promise.all(sums);
console.log(`${orders.stats().bufferedBytes} bytes left, ${one! + other!} earned`);

// prints:
// 0 bytes left, 2000 earned
