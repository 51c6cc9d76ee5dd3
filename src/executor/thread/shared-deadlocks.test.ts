import { expect, test } from "vitest";
import { ThreadExecutor } from "weftwork/executor";
import { SharedLock } from "weftwork/shared";

interface Locks {
  from: SharedLock;
  to: SharedLock;
  url: string;
}

test("two orders of two threads that contradict each other are told with both threads, locks and stacks", async () => {
  await using first = new ThreadExecutor({ workers: 1 });
  await using second = new ThreadExecutor({ workers: 1 });
  const locks: Locks = {
    from: new SharedLock({ name: "from" }),
    to: new SharedLock({ name: "to" }),
    url: import.meta.resolve("weftwork/shared"),
  };
  const detect = async ({ url }: Locks): Promise<void> => {
    const { detectDeadlocks } = (await import(url)) as { detectDeadlocks: () => unknown };
    detectDeadlocks();
  };
  const transfer = ({ from, to }: Locks): string => {
    const source = from.acquireSync();
    try {
      to.acquireSync().release();
      return "done";
    } catch (error) {
      return `${(error as { code?: string }).code}: ${(error as Error).message}`;
    } finally {
      source.release();
    }
  };
  for (const threads of [first, second]) await threads.submit(detect, locks);
  expect(await first.submit(transfer, locks)).toBe("done");
  const told = await second.submit(transfer, { ...locks, from: locks.to, to: locks.from });
  const [here, there] = told.split("the other way round");
  expect(here).toMatch(
    /^DEADLOCK: (thread \d+) would take shared lock "from" while it holds shared lock "to", taken at\n +at .*transfer/,
  );
  expect(there).toMatch(
    /thread \d+ takes shared lock "to" at\n +at .*transfer[^]*holds shared lock "from"/,
  );
  const threadsTold = told.match(/thread \d+(?= (?:would take|takes))/g);
  expect(new Set(threadsTold).size).toBe(2);
  expect(await second.submit(transfer, locks)).toBe("done"); // it holds nothing, and nothing is wrong in this order
});
