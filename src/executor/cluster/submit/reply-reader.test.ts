import { expect, test } from "vitest";
import type { RedisLink } from "../redis/index.js";
import { ReplyReader } from "./reply-reader.js";

/** A stream in the memory of a test, which it can lose. */
class Stream {
  #entries: [id: string, fields: string[]][] | undefined = [];
  #last = 0;
  #readers: (() => void)[] = [];
  readonly link = {
    up: true,
    client: {
      xadd: async (_: string, nomkstream: string, __: string, ...fields: string[]) => {
        if (this.#entries === undefined && nomkstream === "NOMKSTREAM") return null;
        this.#entries ??= [];
        this.#entries.push([`1-${(this.#last += 1)}`, fields]);
        for (const wake of this.#readers.splice(0)) wake();
        return `1-${this.#last}`;
      },
      xread: async (...words: (string | number)[]) => {
        const after = Number(String(words.at(-1)).split("-")[1] ?? 0);
        const news = () => (this.#entries ?? []).filter(([id]) => Number(id.slice(2)) > after);
        if (news().length === 0) await new Promise<void>((wake) => this.#readers.push(wake));
        return [["key", news()]];
      },
      xtrim: async () => 0,
    },
  } as unknown as RedisLink;

  forget(): void {
    this.#entries = undefined;
  }

  make(): void {
    this.#entries = [];
  }
}

function readerOf(stream: Stream): { reader: ReplyReader; gone: string[] } {
  const gone: string[] = [];
  const reader = new ReplyReader("key", stream.link, stream.link, {
    frame: () => {},
    unreadable: () => {},
    refusal: () => {},
    gone: () => gone.push("gone"),
  });
  reader.need(true);
  void reader.run();
  return { reader, gone };
}

test("who waits for what was told to be read is not kept by a Redis that forgets the mark", async () => {
  const stream = new Stream();
  const { reader, gone } = readerOf(stream);
  await reader.caughtUp();
  stream.forget();
  const both = [reader.caughtUp(), reader.caughtUp()];
  while (gone.length < 2) await Promise.resolve();
  stream.make(); // as the lease does
  reader.repeatMarks();
  expect(await Promise.all(both)).toHaveLength(2);
  reader.close();
});
