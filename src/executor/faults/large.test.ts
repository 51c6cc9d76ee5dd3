import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { lost, pools, tasks } from "./index.js";

const MB = 1 << 20;

/** Bytes in which none stands where another could. */
const patterned = (length: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, i) => i ^ (i >> 8) ^ (i >> 16));

describe.each(pools)("large values, to and from a $noun:", ({ Pool, noun }) => {
  test("any length comes back, whatever came before it", async () => {
    await using pool = new Pool({ workers: 1 });
    // Around half of the ring, and so that each starts elsewhere in it.
    const lengths = [1e5, 2e5, 10, 3 * MB, 1e6, 2e6 + 1, 2 * MB - 24, 2 * MB, 7, 4 * MB, 5 * MB];
    for (const length of lengths) {
      for (const letter of ["x", "ü", "€"]) {
        const value = letter.repeat(length);
        expect((await pool.submit(tasks.echo, value)) === value, `${length} ${letter}`).toBe(true);
      }
    }
  });

  test("bytes come back as what they were, by whatever way, and the caller keeps its own", async () => {
    await using pool = new Pool({ workers: 1 });
    for (const length of [8, 4096, 1 << 15, (1 << 15) + 8, 1 << 18, 3 * MB]) {
      const bytes = patterned(length);
      for (const value of [bytes, bytes.buffer, new Int16Array(bytes.buffer), { bytes, n: 1 }]) {
        const back = await pool.submit(tasks.echo, value);
        expect(isDeepStrictEqual(back, value), `${length}`).toBe(true);
        expect(bytes).toHaveLength(length);
      }
    }
  });

  test("a view brings its own bytes, alone or in a chunk, and not the rest of its buffer", async () => {
    await using pool = new Pool({ workers: 1 });
    const all = patterned(MB);
    const views = [8, 1 << 14, 1 << 16, 1 << 19].map((length) => all.subarray(16, 16 + length));
    const chunked = await pool.map(tasks.echo<Uint8Array>, views, { chunkSize: 4 }).toArray();
    for (const [i, view] of views.entries()) {
      const alone = await pool.submit(tasks.echo<Uint8Array>, view);
      for (const back of [alone, chunked[i]!]) expect(Buffer.compare(back, view)).toBe(0);
      expect(alone.buffer.byteLength).toBe(view.byteLength);
      // Of a process the views of a chunk lie in the message in which they came.
      expect(chunked[i]!.buffer.byteLength === view.byteLength).toBe(noun === "thread");
    }
  });

  test("after an input that could not be sent, too", async () => {
    await using pool = new Pool({ workers: 1 });
    await pool.submit(tasks.text, 1e5);
    await pool.submit(tasks.echo, "x".repeat(1e5));
    const refused = pool.submit(tasks.echo, () => 1);
    const long = pool.submit(tasks.echo, "x".repeat(2e6));
    await expect(refused.result()).rejects.toMatchObject({ code: "NOT_CLONEABLE" });
    expect(await long).toHaveLength(2e6);
  });

  test("more than there is room for arrive whole and in order", async () => {
    await using pool = new Pool({ workers: 1, tasksPerWorker: 16 });
    const values = Array.from({ length: 24 }, (_, i) => String(i).padEnd(MB, "x"));
    const back = await Promise.all(values.map((value) => pool.submit(tasks.echo, value)));
    expect(back.every((value, i) => value === values[i])).toBe(true);
  });

  test("small ones behind them keep their place", async () => {
    await using pool = new Pool({ workers: 1 });
    const seen: number[] = [];
    const onProgress = (progress: unknown): void => void seen.push((progress as { at: number }).at);
    await pool.submit(tasks.reportGrowing, 200, { onProgress });
    expect(seen).toEqual(Array.from({ length: 200 }, (_, at) => at));
  });

  test("a hundred megabytes", async () => {
    await using pool = new Pool({ workers: 1 });
    const value = await pool.submit(tasks.bytes, 100 * MB);
    expect([value.length, value[0], value.at(-1)]).toEqual([100 * MB, 7, 7]);
    expect(await pool.submit(tasks.echo, 1)).toBe(1);
  });

  test("of a worker that dies while it sends them, cost its task alone", async () => {
    await using pool = new Pool({ workers: 1 });
    for (const length of [1e5, 1e6, 3e6]) {
      const seen: unknown[] = [];
      const onProgress = (progress: unknown): void => void seen.push(progress);
      const task = pool.submit(tasks.reportAndExit, length, { onProgress });
      expect(await lost(task)).toMatchObject({ exitCode: 9 });
      expect(seen.every((text) => (text as string).length === length)).toBe(true);
      expect(await pool.submit(tasks.text, length)).toHaveLength(length);
    }
  });
});
