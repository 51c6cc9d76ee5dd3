import * as fc from "fast-check";
import { expect, test } from "vitest";
import { SharedChannel } from "./index.js";

const texts = (capacityBytes: number): SharedChannel<string> =>
  new SharedChannel<string>({ capacityBytes, codec: "utf8" });

test("is a bounded queue, whatever is sent and received in which order", () => {
  const unit = fc.constantFrom("a", "\0", "ü", "€", "\ud800", "𝄞"); // a lone half of a pair, and a pair
  const acts = fc.array(fc.option(fc.string({ unit, maxLength: 6 }), { nil: null }), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(acts, (acts) => {
      const channel = texts(128);
      const model: string[] = [];
      const got: unknown[] = [];
      const expected: unknown[] = [];
      for (const act of acts) {
        if (act === null) {
          got.push(channel.tryReceive()?.value);
          expected.push(model.shift());
        } else {
          const sent = channel.trySend(act);
          if (sent) model.push(act);
          got.push(sent || model.length > 0); // an empty one has room for each of these
          expected.push(true);
        }
      }
      expect(got).toEqual(expected);
      while (model.length > 0) expect(channel.tryReceive()?.value).toBe(model.shift());
      expect(channel.tryReceive()).toBe(undefined);
      expect(channel.stats().bufferedBytes).toBe(0);
    }),
  );
});

test.each<[string, unknown]>([
  ["bytes", new Uint8Array([1, 2, 3])],
  ["utf8", "hö\ud800 𝄞"],
  ["json", { a: [1, null, "ü"] }],
  ["clone", new Map([[1n, new Set([/x/g])]])],
])("the codec %s gives back what was sent", async (codec, value) => {
  const channel = new SharedChannel<unknown>({ capacityBytes: 1024, codec: codec as "json" });
  await channel.send(value);
  expect(await channel.receive()).toEqual(value);
});

test("one's own codec doesn't travel, and says so", async () => {
  const codec = { encode: (n: number) => String(n), decode: (text: unknown) => Number(text) };
  const channel = new SharedChannel({ capacityBytes: 1024, codec });
  expect(structuredClone(channel.handle())["codec"]).toBe("own");
  const elsewhere = new SharedChannel<number>({ capacityBytes: 64, codec: "own" as never });
  await expect(elsewhere.send(1)).rejects.toThrow(/call with\(codec\) in this thread/);
  await elsewhere.with(codec).send(7);
  expect(await elsewhere.receive()).toBe(7);
});

test("who sends waits for room, and a cancelled one has sent nothing", async () => {
  const channel = texts(64);
  while (channel.trySend("full"));
  const leaving = new AbortController();
  const reason = new Error("left");
  const first = channel.send("first", { signal: leaving.signal });
  const second = channel.send("second");
  leaving.abort(reason);
  await expect(first).rejects.toBe(reason);
  expect(await channel.receiveMany(Infinity)).toEqual(["full", "full", "full", "full"]);
  await second;
  expect(await channel.receive()).toBe("second");
});

test("a cancelled receiver takes nothing from the next one", async () => {
  const channel = texts(64);
  const leaving = new AbortController();
  const reason = new Error("left");
  const first = channel.receive({ signal: leaving.signal });
  const second = channel.receive();
  leaving.abort(reason);
  await expect(first).rejects.toBe(reason);
  await channel.send("for the second");
  expect(await second).toBe("for the second");
});

test("a closed one is drained; then receive rejects, and for await ends", async () => {
  const channel = texts(64);
  const early = channel.receive();
  await channel.send("one");
  await channel.send("two");
  channel.close();
  expect(await early).toBe("one");
  await expect(channel.send("three")).rejects.toMatchObject({ code: "CLOSED" });
  expect(() => channel.trySend("three")).toThrow(/closed/);
  const rest: string[] = [];
  for await (const text of channel) rest.push(text);
  expect(rest).toEqual(["two"]);
  await expect(channel.receive()).rejects.toMatchObject({ code: "CLOSED" });
});

test("a close sends away who waits for room and who waits for a value", async () => {
  const full = texts(64);
  while (full.trySend("full"));
  const sending = full.send("more");
  full.close();
  await expect(sending).rejects.toMatchObject({ code: "CLOSED" });
  const empty = texts(64);
  const receiving = empty.receive();
  empty.close();
  await expect(receiving).rejects.toMatchObject({ code: "CLOSED" });
});

test("what could never be sent is refused at the call", async () => {
  await expect(texts(64).send("x".repeat(25))).rejects.toThrow(
    "a value of 25 bytes is too long for a channel with capacityBytes 64: 24 is the most",
  );
});

test("a value that can't be decoded costs one value", async () => {
  const codec = {
    encode: (text: string) => text,
    decode(text: unknown) {
      if (text === "bad") throw new Error("bad");
      return text as string;
    },
  };
  const channel = new SharedChannel({ capacityBytes: 64, codec });
  await channel.send("bad");
  await channel.send("good");
  await expect(channel.receive()).rejects.toThrow("bad");
  expect(await channel.receive()).toBe("good");
});

test("bytes of any length come out as they went in, wherever they stand in the ring", async () => {
  const channel = new SharedChannel<Uint8Array>({ capacityBytes: 262_144, codec: "bytes" });
  for (const length of [0, 1, 2047, 2048, 2049, 65_536, 100_000, 2048, 99_999, 131_064]) {
    const value = Uint8Array.from({ length }, (_, i) => (i * 7 + length) & 255);
    await channel.send(value);
    const received = await channel.receive();
    expect(received.constructor).toBe(Uint8Array);
    expect(Buffer.compare(received, value)).toBe(0);
    expect(received.buffer.byteLength).toBe(length);
  }
});

test("receiveMany stops when it has 256 KiB, and the rest is there for the next", async () => {
  const channel = new SharedChannel<Uint8Array>({ capacityBytes: 2 ** 20, codec: "bytes" });
  for (let i = 0; i < 10; i += 1) await channel.send(new Uint8Array(65_536).fill(i));
  const firsts: number[] = [];
  const counts: number[] = [];
  while (firsts.length < 10) {
    const values = await channel.receiveMany(Infinity);
    counts.push(values.length);
    firsts.push(...values.map(([first]) => first!));
  }
  expect(firsts).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(counts).toEqual([4, 4, 2]);
});
