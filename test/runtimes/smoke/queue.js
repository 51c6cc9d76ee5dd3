import { check, failure, same } from "./assert.js";

async function drain(queue) {
  queue.close();
  const items = [];
  for await (const item of queue) items.push(item);
  return items;
}

export const queue = {
  async Queue({ Queue }) {
    const queue = new Queue({ capacity: 1 });
    await queue.put(1);
    check(!queue.tryPut(2), "it is full");
    const putting = queue.put(2);
    same([await queue.get(), await queue.get()], [1, 2]);
    await putting;
    queue.taskDone();
    queue.taskDone();
    await queue.join();
    await queue.put(3);
    same(await drain(queue), [3]);
    same((await failure(() => queue.put(4))).code, "CLOSED");
  },

  async LifoQueue({ LifoQueue }) {
    const queue = new LifoQueue({ capacity: 3 });
    for (const item of [1, 2, 3]) await queue.put(item);
    same(await drain(queue), [3, 2, 1]);
  },

  async PriorityQueue({ PriorityQueue }) {
    const queue = new PriorityQueue({ capacity: Infinity, compare: (a, b) => a.rank - b.rank });
    const items = [
      [2, "a"],
      [1, "b"],
      [1, "c"],
    ].map(([rank, name]) => ({ rank, name }));
    for (const item of items) await queue.put(item);
    same(
      (await drain(queue)).map((item) => item.name),
      ["b", "c", "a"],
    );
  },
};
