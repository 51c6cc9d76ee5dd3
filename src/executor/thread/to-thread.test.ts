import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { toThread } from "weftwork/executor";

const root = join(import.meta.dirname, "../../..");

const isMainThread = async (): Promise<boolean> =>
  (await import("node:worker_threads")).isMainThread;

test("runs a task in a thread, and gives its value or its error", async () => {
  expect(await toThread((n: number) => n * 2, 21)).toBe(42);
  expect(await toThread(isMainThread, undefined)).toBe(false);
  const failing = toThread((text: string) => {
    throw new RangeError(text);
  }, "no");
  await expect(failing).rejects.toThrow(new RangeError("no"));
});

test("takes the options of submit", async () => {
  const why = new Error("why");
  const signal = AbortSignal.abort(why);
  await expect(toThread((n: number) => n, 1, { signal })).rejects.toBe(why);
  expect(() => toThread(5 as never, 1)).toThrow(new TypeError("task must be a function, got 5"));
});

test("keeps a program alive as long as it has work, and no longer", () => {
  const program = `
    import { toThread } from "weftwork/executor";
    const later = (word) => new Promise((resolve) => setTimeout(resolve, 20, word));
    toThread(later, "done").then(console.log);
  `;
  const args = ["--input-type=module", "--eval", program];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
  });
  expect({ stdout, stderr, status }).toEqual({ stdout: "done\n", stderr: "", status: 0 });
});
