import { SharedChannel } from "../../../src/shared/index.js";
import type { Scenario, World } from "../world.js";
import { assert, failureOf } from "./claims.js";

type Way = World<{ channel: SharedChannel<string> }>;

/** Room for two records of 16 bytes, if none is skipped. */
const make = (): { channel: SharedChannel<string> } => ({
  channel: new SharedChannel<string>({ capacityBytes: 64, codec: "utf8" }),
});
const LONG = "0123456789";
/** As long as a value can be. */
const LONGEST = "0123456789-0123456789-01";

const send =
  (...values: string[]) =>
  ({ objects: { channel } }: Way): void => {
    for (const value of values) channel.sendSync(value);
  };
const sendAwaited =
  (...values: string[]) =>
  async ({ objects: { channel } }: Way): Promise<void> => {
    for (const value of values) await channel.send(value);
  };
const receive =
  (count: number) =>
  ({ objects: { channel } }: Way): string[] =>
    Array.from({ length: count }, () => channel.receiveSync());
const receiveAwaited =
  (count: number) =>
  async ({ objects: { channel } }: Way): Promise<string[]> => {
    const values: string[] = [];
    while (values.length < count) values.push(await channel.receive());
    return values;
  };

/** Takes what is there, and so gives the room of several records at once. */
const receiveMany =
  (count: number) =>
  ({ objects: { channel } }: Way): string[] => {
    const values: string[] = [];
    while (values.length < count) values.push(...channel.receiveManySync(Infinity));
    return values;
  };

/** Receives, but may leave at any time; then another of this thread receives. */
const leaves = async (world: Way): Promise<string[]> => {
  const leaving = new AbortController();
  world.later(() => leaving.abort(new Error("left")));
  const first = world.objects.channel.receive({ signal: leaving.signal }).then(
    (value) => [value],
    (error) => {
      assert((error as Error).message === "left", String(error));
      return [];
    },
  );
  const second = await world.objects.channel.receive();
  const rest = await first;
  return [...rest, second, ...(rest.length === 0 ? [await world.objects.channel.receive()] : [])];
};

const all =
  (...expected: string[]) =>
  (results: readonly unknown[]): void => {
    const received = results.flat().filter((value) => typeof value === "string");
    assert(received.toSorted().join() === expected.toSorted().join(), `came: ${received.join()}`);
  };

const inOrder: Scenario<{ channel: SharedChannel<string> }>["check"] = (results) => {
  assert((results[1] as string[]).join() === `a,b,${LONG},c`, `came: ${String(results[1])}`);
};

/** Closes while others send and receive: what was sent, and no more, is received. */
const closing: Scenario<{ channel: SharedChannel<string> }> = {
  make,
  threads: [
    async ({ objects: { channel } }) => {
      const failure = await failureOf(channel.send("a"));
      assert(failure === undefined || failure === "CLOSED", failure ?? "");
      return failure === undefined ? 1 : 0;
    },
    ({ objects: { channel } }) => channel.close(),
    async ({ objects: { channel } }) => {
      let count = 0;
      for await (const _ of channel) count += 1;
      return count;
    },
  ],
  check: ([sent, , came]) => assert(sent === came, `${String(sent)} sent, ${String(came)} came`),
};

export const channels: Readonly<Record<string, Scenario<{ channel: SharedChannel<string> }>>> = {
  "channel: in order": {
    make,
    threads: [send("a", "b", LONG, "c"), receive(4)],
    check: inOrder,
  },
  "channel: awaited": {
    make,
    threads: [sendAwaited("a", "b", LONG, "c"), receiveAwaited(4)],
    check: inOrder,
  },
  "channel: two send": {
    make,
    threads: [send("a", LONG), sendAwaited("b", "c"), receive(4)],
    check: all("a", "b", "c", LONG),
  },
  "channel: two receive": {
    make,
    threads: [send("a", LONG, "b"), receive(1), receiveAwaited(2)],
    check: all("a", "b", LONG),
  },
  "channel: many at once": {
    make,
    threads: [send(LONGEST, "a", LONGEST), receiveMany(3)],
    check: all(LONGEST, "a", LONGEST),
  },
  "channel: one of two leaves": { make, threads: [send("a", "b"), leaves], check: all("a", "b") },
  "channel: closing": closing,
};
