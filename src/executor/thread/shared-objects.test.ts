import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { ProcessExecutor, ThreadExecutor } from "weftwork/executor";
import {
  allowBlockingMain,
  SharedBarrier,
  SharedChannel,
  SharedCondition,
  SharedCounter,
  SharedEvent,
  SharedLock,
  SharedRwLock,
  SharedSemaphore,
  SharedStruct,
  watchWorker,
} from "weftwork/shared";

const lock = new SharedLock({ name: "travels" });

test("every shared object arrives alive in an input, and comes back as itself", async () => {
  await using threads = new ThreadExecutor({ workers: 1 });
  const objects = {
    lock,
    barrier: new SharedBarrier(1),
    channel: new SharedChannel<string>({ capacityBytes: 64, codec: "utf8" }),
    condition: new SharedCondition(lock),
    counter: new SharedCounter<"bigint64">({ type: "bigint64" }),
    event: new SharedEvent(),
    semaphore: new SharedSemaphore(2),
    struct: new SharedStruct({ n: "int32" }),
    table: new SharedRwLock(),
  };
  type Objects = typeof objects;
  const use = (all: Objects): { all: Objects; received: string } => {
    all.barrier.waitSync();
    all.lock.acquireSync().release();
    all.counter.add(1n);
    all.event.set();
    all.condition.notify();
    all.semaphore.acquireSync();
    all.struct.updateSync({ n: 7 });
    all.table.readSync().release();
    return { all, received: all.channel.receiveSync() };
  };
  await objects.channel.send("hello");
  const { all, received } = await threads.submit(use, objects);
  expect(received).toBe("hello");
  for (const name of Object.keys(objects) as (keyof Objects)[])
    expect(all[name]).toBe(objects[name]);
  expect(objects.counter.value).toBe(1n);
  expect(objects.event.isSet).toBe(true);
  expect(objects.semaphore.available).toBe(1);
  expect(objects.struct.read()).toEqual({ n: 7 });
});

test("they travel in chunks of a map, in arrays, in what a stream gives, and to the initializer", async () => {
  const counter = new SharedCounter();
  await using threads = new ThreadExecutor({
    workers: 1,
    initializer: (input: { counter: SharedCounter }) => void input.counter.add(100),
    initializerInput: { counter },
  });
  const addOne = ([counter]: [SharedCounter]): SharedCounter => {
    counter.add(1);
    return counter;
  };
  const inputs = Array.from({ length: 50 }, (): [SharedCounter] => [counter]);
  const outputs = await threads.map(addOne, inputs, { chunkSize: 25 }).toArray();
  expect(outputs.every((output) => output === counter)).toBe(true);
  expect(counter.value).toBe(150);
  async function* give(counter: SharedCounter) {
    yield counter;
  }
  expect(await threads.stream(give, counter).toArray()).toEqual([counter]);
});

test("where they can't travel they are refused, not lost", async () => {
  await using threads = new ThreadExecutor({ workers: 1 });
  const inMap = threads.submit((map: Map<string, SharedLock>) => map.size, new Map([["a", lock]]));
  await expect(inMap.result()).rejects.toMatchObject({ code: "NOT_CLONEABLE" });
});

test.each([
  ["the object", lock],
  ["an object in an object", { lock }],
  ["its handle", lock.handle()],
])("a process is sent no shared memory, and the error says what to do: %s", async (_, input) => {
  await using processes = new ProcessExecutor({ workers: 1 });
  const sent = processes.submit((input: unknown) => input, input);
  await expect(sent.result()).rejects.toMatchObject({
    code: "NOT_CLONEABLE",
    message: expect.stringMatching(/shared memory does not cross processes: use a ThreadExecutor/),
  });
});

test("a worker that dies leaves its lock poisoned to the next, until that clears it", async () => {
  await using threads = new ThreadExecutor({ workers: 1 });
  const lock = new SharedLock();
  const dies = threads.submit((lock: SharedLock) => {
    lock.acquireSync();
    process.exit(1);
  }, lock);
  const waiting = dies.result().then(undefined, () => lock.acquire());
  const guard = await waiting;
  expect(guard?.poisoned).toBe(true);
  guard?.clearPoison();
  guard?.release();
  expect((await lock.acquire()).poisoned).toBe(false);
});

test("a worker that dies gives back its permits and readings, and breaks its barriers", async () => {
  await using threads = new ThreadExecutor({ workers: 1 });
  const input = {
    places: new SharedSemaphore(1),
    table: new SharedRwLock(),
    barrier: new SharedBarrier(2),
  };
  const met = input.barrier.wait();
  const dies = threads.submit(({ places, table, barrier }: typeof input) => {
    places.acquireSync();
    table.readSync();
    barrier.waitSync();
    process.exit(1);
  }, input);
  await met;
  const again = input.barrier.wait();
  await expect(dies.result()).rejects.toMatchObject({ code: "WORKER_LOST" });
  await expect(again).rejects.toMatchObject({ code: "BROKEN" });
  (await input.places.acquire()).release();
  (await input.table.write()).release();
});

test("a thread that blocks sees the death of its own worker, and gets the lock", async () => {
  const lock = new SharedLock();
  const taken = new SharedEvent();
  const go = new Int32Array(new SharedArrayBuffer(4));
  const source = `
    import { workerData } from "node:worker_threads";
    const { SharedLock, SharedEvent } = await import(workerData.url);
    SharedLock.from(workerData.lock).acquireSync();
    SharedEvent.from(workerData.taken).set();
    Atomics.wait(new Int32Array(workerData.go), 0, 0);
    process.exit(1);
  `;
  const workerData = {
    url: import.meta.resolve("weftwork/shared"),
    lock: lock.handle(),
    taken: taken.handle(),
    go: go.buffer,
  };
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {
    workerData,
  });
  watchWorker(worker);
  const online = new Promise((resolve) => worker.once("online", resolve));
  const exited = new Promise((resolve) => worker.once("exit", resolve));
  await Promise.all([taken.wait(), online]);
  using _ = allowBlockingMain();
  Atomics.store(go, 0, 1);
  Atomics.notify(go, 0);
  const guard = lock.acquireSync(10_000);
  expect(guard.poisoned).toBe(true);
  await exited;
});
